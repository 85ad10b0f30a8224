#include "views/paper.h"

#include <vector>

#include "core/unicode.h"

namespace depesche::views {
namespace {

constexpr std::string_view reset = "\x1b[0m";

std::string_view start_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::heading: return "\x1b[1m";
    case Ink::faint: return "\x1b[2m";
    case Ink::warning: return "\x1b[33m";
    case Ink::added: return "\x1b[36m";
  }
  return "";
}

}  // namespace

void Paper::put(std::string_view text, Ink ink) {
  if (terminal_.is_coloured && ink != Ink::plain) {
    out_.append(start_of(ink)).append(text).append(reset);
  } else {
    out_ += text;
  }
  out_ += '\n';
}

void Paper::line(std::string_view text, int indent, Ink ink) {
  std::string row;
  int width = 0;
  bool has_word = false;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto word_begin = std::min(text.find_first_not_of(' ', at), text.size());
    const auto word_end = std::min(text.find(' ', word_begin), text.size());
    const auto word = text.substr(word_begin, word_end - word_begin);
    const auto blanks = static_cast<int>(word_begin - at);
    const int word_width = terminal_width(word);
    if (has_word && width + blanks + word_width > terminal_.width) {
      put(row, ink);
      row.assign(static_cast<std::size_t>(indent), ' ');
      width = indent;
      has_word = false;
    } else {
      row.append(static_cast<std::size_t>(blanks), ' ');
      width += blanks;
    }
    row += word;
    width += word_width;
    has_word = has_word || !word.empty();
    at = word_end;
  }
  put(row, ink);
}

namespace {

/// What would command a terminal or turn the reading direction of what stands around it.
bool is_command(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string on_one_line(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::uint32_t i = 0; i < text.size();) {
    const auto [c, next] = code_point_at(text, i);
    const auto letter = text.substr(i, next - i);
    i = next;
    if (c == U' ' || c == U'\n' || c == U'\r' || c == U'\t') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    if (is_command(c)) {
      out += '?';
    } else {
      out += letter;
    }
  }
  return out;
}

std::string shortened(std::string_view text, int columns) {
  if (terminal_width(text) <= columns) return std::string(text);
  std::string out;
  int width = 0;
  for (std::uint32_t i = 0; i < text.size();) {
    const auto next = code_point_at(text, i).next;
    const auto letter = text.substr(i, next - i);
    if (width + terminal_width(letter) > columns - 1) break;
    width += terminal_width(letter);
    out += letter;
    i = next;
  }
  return out + "…";
}

std::string padded(std::string_view text, int columns) {
  const int missing = columns - terminal_width(text);
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, missing)), ' ');
}

}  // namespace depesche::views
