// A line is a paragraph, as crawlers and extractors write it, unless the text was broken to a width, as mail,
// teleprinters and old archives wrote it. In a broken text the lines inside a paragraph fill the width and stop
// anywhere; in an unbroken one a line stops where its paragraph does. So we look at lines that another line follows
// directly:
//
//   The harbour of the northern town was closed on Friday after the       ← full, and no sentence ends here
//   wind had torn two barges from their moorings.
//
// If nearly all are full and at least half end within a sentence, the width broke them. A menu or a list of links has
// lines of all lengths and is left alone; so is a poem. A text of fewer than four such lines is left alone as well.
#include "intake/plain_text.h"

#include <algorithm>

#include "core/unicode.h"
#include "intake/look.h"

namespace depesche::intake {
namespace {

constexpr std::uint32_t width_min = 50;
constexpr std::uint32_t width_max = 100;
constexpr std::size_t inner_lines_min = 4;
constexpr double full_share = 0.6;  ///< of the longest line

struct Line {
  Span span;  ///< without white space at its ends; empty for a blank line
};

/// A line end at `at`, and how many bytes it takes; 0 where there is none.
std::size_t line_end_at(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c == '\n') return 1;
  if (c == '\r') return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
  if (c == 0xC2 && text.substr(at, 2) == "\u0085") return 2;
  if (c == 0xE2 && (text.substr(at, 3) == "\u2028" || text.substr(at, 3) == "\u2029")) return 3;
  return 0;
}

Span trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  const auto words = trim(text.substr(begin, end - begin));
  const auto first =
      static_cast<std::uint32_t>(words.empty() ? begin : static_cast<std::size_t>(words.data() - text.data()));
  return {first, first + static_cast<std::uint32_t>(words.size())};
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto size = line_end_at(text, at);
    if (size > 0) {
      lines.push_back({trimmed(text, begin, at)});
      begin = at + size;
    }
    at += std::max<std::size_t>(size, 1);
  }
  if (begin < text.size()) lines.push_back({trimmed(text, begin, text.size())});
  return lines;
}

bool is_broken_to_a_width(std::string_view text, const std::vector<Line>& lines) {
  std::uint32_t longest = 0;
  for (const auto& line : lines) {
    if (line.span.size() > width_max * 4) return false;
    longest = std::max(longest, count_code_points(words_at(text, line.span)));
  }
  if (longest < width_min || longest > width_max) return false;

  std::size_t inner = 0, full = 0, open = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].span.empty() || lines[i + 1].span.empty()) continue;
    const auto words = words_at(text, lines[i].span);
    ++inner;
    full += count_code_points(words) >= full_share * longest;
    open += !look_at(words).ends_sentence;
  }
  return inner >= inner_lines_min && full * 10 >= inner * 8 && open * 2 >= inner;
}

}  // namespace

std::vector<Block> blocks_of_lines(std::string_view text) {
  const auto lines = lines_of(text);
  const bool joins = is_broken_to_a_width(text, lines);
  std::vector<Block> blocks;
  bool follows_line = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].span.empty()) {
      if (joins && follows_line) {
        blocks.back().span.end = lines[i].span.end;
      } else {
        Block block;
        block.line = static_cast<std::uint32_t>(i + 1);
        block.span = lines[i].span;
        blocks.push_back(std::move(block));
      }
    }
    follows_line = !lines[i].span.empty();
  }
  return blocks;
}

}  // namespace depesche::intake
