#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/article.h"
#include "facts/facts.h"
#include "lineage/lineage.h"
#include "situation/naming.h"
#include "situation/timeline.h"
#include "stories/stories.h"
#include "text/text.h"

/// What is the case, according to whom?
namespace depesche::situation {

/// How many independent reporting lines stand behind something, as an interval with the reason for both ends.
struct Lines {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  std::vector<std::string> because;
};

/// A statement of one article.
struct Occurrence {
  ArticleIndex article = 0;
  std::uint32_t statement = 0;  ///< into ArticleFacts::statements

  auto operator<=>(const Occurrence&) const = default;
};

/// One statement as told by all.
struct LedgerRow {
  std::string id;
  std::vector<Occurrence> occurrences;  ///< the fullest first, then by article
  std::vector<ArticleIndex> articles;   ///< sorted, each once
  std::vector<std::size_t> dispatches;  ///< into Lineage::dispatches, sorted, each once
  Lines lines;
  std::uint32_t first_mouth = 0;  ///< into Facts::actors

  /// Printed by more articles than lines can stand behind it.
  bool is_thinly_sourced() const { return articles.size() > lines.high; }
};

/// What could not be said of an article.
struct Unknown {
  ArticleIndex article = 0;
  std::string what;  ///< "date", "origin", "language"
  std::string because;
};

struct Situation {
  std::vector<LedgerRow> ledger;   ///< widely printed and thinly sourced first
  std::vector<Unknown> unknown;    ///< by article
  std::vector<Lines> story_lines;  ///< beside the stories
  std::vector<Naming> naming;
  std::vector<TimelineItem> timeline;  ///< by date
};

Situation weigh(std::span<const stories::Story> stories, const lineage::Lineage& lineage, const facts::Facts& facts,
                std::span<const Article> articles, std::span<const text::Text> texts);

}  // namespace depesche::situation
