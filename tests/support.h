#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "knowledge/knowledge.h"

namespace depesche::testing {

/// The knowledge of this source tree and the packages installed, compiled once.
inline const knowledge::Knowledge& knowledge() {
  static const auto opened = [] {
    auto result = knowledge::Knowledge::open();
    if (!result.has_value()) {
      ADD_FAILURE() << describe(result.error());
      std::abort();
    }
    return *result;
  }();
  return opened;
}

/// An article whose every line is a block of the body.
inline Article article_of(std::string text, std::string id = "a") {
  Article article;
  article.id = std::move(id);
  article.text = std::move(text);
  std::uint32_t begin = 0;
  std::uint32_t line = 0;
  while (begin < article.text.size()) {
    const auto end = static_cast<std::uint32_t>(std::min(article.text.find('\n', begin), article.text.size()));
    ++line;
    if (end > begin)
      article.blocks.push_back({.line = line, .role = Role::body, .span = {begin, end}, .because = "", .cut = {}});
    begin = end + 1;
  }
  return article;
}

inline std::vector<std::string> words_of(const Article& article, const std::vector<Span>& spans) {
  std::vector<std::string> words;
  for (const Span span : spans) words.emplace_back(article.words_at(span));
  return words;
}

}  // namespace depesche::testing
