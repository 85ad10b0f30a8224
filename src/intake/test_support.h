#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "intake/intake.h"
#include "support.h"

namespace depesche::intake::testing {

using depesche::testing::knowledge;

/// What holds for every article, whatever it was read from. Empty, or what does not hold.
inline std::string broken_promise(const Article& article) {
  const auto is_boundary = [&](std::uint32_t at) {
    return at == article.text.size() || (static_cast<unsigned char>(article.text[at]) & 0xC0) != 0x80;
  };
  const auto is_fine = [&](Span span) {
    return span.begin <= span.end && span.end <= article.text.size() && is_boundary(span.begin) &&
           is_boundary(span.end);
  };
  std::uint32_t behind = 0;
  std::uint32_t line = 0;
  for (const auto& block : article.blocks) {
    if (!is_fine(block.span) || block.span.empty()) return "a block is empty, outside of the text or cuts a character";
    if (block.span.begin < behind) return "blocks overlap or are out of order";
    if (block.line <= line) return "lines do not count up";
    if ((block.role == Role::body) != block.because.empty())
      return "a reason where none is needed, or none where one is";
    if (block.cut) {
      const auto cut = *block.cut;
      if (!is_fine(cut) || !block.span.contains(cut) || cut.empty()) return "a cut is not inside of its block";
      if (cut.begin != block.span.begin && cut.end != block.span.end) return "a cut in the middle of a block";
      if (block.content().empty()) return "nothing is left behind a cut";
    }
    behind = block.span.end;
    line = block.line;
  }
  for (const auto& repair : article.repairs) {
    if (repair.block >= article.blocks.size()) return "a repair of no block";
    if (!is_fine(repair.span) || !article.blocks[repair.block].span.contains(repair.span))
      return "a repair outside of its block";
  }
  return {};
}

/// Read as from a file of this name.
inline std::vector<Article> read_as(const std::string& name, std::string_view bytes, std::vector<Rejected>& rejected,
                                    const Options& options = {}) {
  return read_bytes(bytes, name, "id", knowledge(), options, rejected);
}

/// The one article that the bytes give.
inline Article article_in(const std::string& name, std::string_view bytes, const Options& options = {}) {
  std::vector<Rejected> rejected;
  auto articles = read_as(name, bytes, rejected, options);
  EXPECT_EQ(articles.size(), 1u) << (rejected.empty() ? "" : rejected[0].error.message);
  if (articles.size() != 1) return {};
  EXPECT_EQ(broken_promise(articles[0]), "");
  return articles[0];
}

/// The blocks of one role, as printed and without their cuts.
inline std::vector<std::string> blocks_with(const Article& article, Role role) {
  std::vector<std::string> words;
  for (const auto& block : article.blocks) {
    if (block.role == role) words.emplace_back(article.words_at(block.content()));
  }
  return words;
}

}  // namespace depesche::intake::testing
