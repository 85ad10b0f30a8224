#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/unicode.h"
#include "intake/intake.h"

/// What must hold of whatever intake makes of any bytes. A fuzz target stops at the first that does not.
namespace depesche::fuzz {

[[noreturn]] inline void stop(std::string_view what) {
  std::fprintf(stderr, "broken invariant: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

inline void demand(bool holds, std::string_view what) {
  if (!holds) stop(what);
}

inline const knowledge::Knowledge& knowledge() {
  static const auto opened = [] {
    auto result = knowledge::Knowledge::open();
    if (!result.has_value()) stop(describe(result.error()));
    return *result;
  }();
  return opened;
}

inline bool is_fine(const Article& article, Span span) {
  const auto is_boundary = [&](std::uint32_t at) {
    return at == article.text.size() || (static_cast<unsigned char>(article.text[at]) & 0xC0) != 0x80;
  };
  return span.begin <= span.end && span.end <= article.text.size() && is_boundary(span.begin) && is_boundary(span.end);
}

inline void check(const Article& article) {
  demand(is_valid_utf8(article.text), "the text is valid UTF-8");
  demand(is_valid_utf8(article.title), "the title is valid UTF-8");
  demand(!article.blocks.empty(), "an article has blocks");
  std::uint32_t behind = 0;
  std::uint32_t line = 0;
  for (const auto& block : article.blocks) {
    demand(is_fine(article, block.span) && !block.span.empty(), "a block is a span of characters");
    demand(block.span.begin >= behind, "blocks are in order and do not overlap");
    demand(block.line > line, "lines count up");
    demand((block.role == Role::body) == block.because.empty(), "every role but body has a reason");
    if (block.cut) {
      demand(is_fine(article, *block.cut) && block.span.contains(*block.cut), "a cut lies inside of its block");
      demand(block.cut->begin == block.span.begin || block.cut->end == block.span.end, "a cut takes one end");
      demand(is_fine(article, block.content()) && !block.content().empty(), "a cut leaves something");
    }
    behind = block.span.end;
    line = block.line;
  }
  for (const auto& repair : article.repairs) {
    demand(repair.block < article.blocks.size(), "a repair belongs to a block");
    demand(is_fine(article, repair.span) && article.blocks[repair.block].span.contains(repair.span),
           "a repair lies inside of its block");
  }
}

inline bool are_same(const Article& a, const Article& b) {
  const auto same_block = [](const Block& x, const Block& y) {
    return x.line == y.line && x.role == y.role && x.span == y.span && x.because == y.because && x.cut == y.cut;
  };
  return a.id == b.id && a.title == b.title && a.text == b.text && a.given_dates.size() == b.given_dates.size() &&
         a.repairs.size() == b.repairs.size() &&
         std::equal(a.blocks.begin(), a.blocks.end(), b.blocks.begin(), b.blocks.end(), same_block);
}

/// Reads bytes as from a file of this name, twice, the second time with other threads.
inline std::vector<Article> read_and_check(std::string_view bytes, const std::string& name) {
  intake::Options options;
  options.article_bytes_max = 1u << 20;
  std::vector<intake::Rejected> rejected, rejected_again;
  auto articles = intake::read_bytes(bytes, name, "id", knowledge(), options, rejected);
  demand(!articles.empty() || !rejected.empty(), "what gives no article is rejected");
  for (const auto& article : articles) check(article);
  for (const auto& one : rejected)
    demand(!one.source.empty() && !one.error.message.empty(), "a rejection says what and why");
  options.threads = 2;
  const auto again = intake::read_bytes(bytes, name, "id", knowledge(), options, rejected_again);
  demand(rejected.size() == rejected_again.size(), "the same bytes are rejected alike");
  demand(std::equal(articles.begin(), articles.end(), again.begin(), again.end(), are_same),
         "the same bytes give the same articles");
  return articles;
}

}  // namespace depesche::fuzz
