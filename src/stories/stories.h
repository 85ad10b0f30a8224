#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/article.h"
#include "lineage/lineage.h"
#include "text/text.h"

/// What belongs together?
namespace depesche::stories {

struct Story {
  std::string id;
  std::string title;
  std::set<std::string> languages;
  std::vector<ArticleIndex> articles;
  std::vector<std::size_t> dispatches;  ///< into Lineage::dispatches
  std::optional<Instant> from;
  std::optional<Instant> to;
};

/// A pile that a person put together is one story; nothing for no articles.
std::vector<Story> place(std::span<const Article> articles, std::span<const text::Text> texts,
                         const lineage::Lineage& lineage);

}  // namespace depesche::stories
