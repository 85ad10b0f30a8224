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
  while (terminal_width(text) > terminal_.width) {
    // The last blank that leaves the line within the width and something on it.
    std::size_t best = std::string_view::npos;
    const auto first_word = text.find_first_not_of(' ');
    for (auto at = text.find(' ', first_word); at != std::string_view::npos; at = text.find(' ', at + 1)) {
      if (terminal_width(text.substr(0, at)) > terminal_.width) break;
      best = at;
    }
    if (best == std::string_view::npos) best = text.find(' ', first_word);
    if (best == std::string_view::npos) break;
    put(text.substr(0, best), ink);
    const auto rest = text.substr(std::min(text.size(), text.find_first_not_of(' ', best)));
    const std::string next = std::string(static_cast<std::size_t>(indent), ' ') + std::string(rest);
    if (rest.empty() || next.size() >= text.size()) {
      put(next, ink);
      return;
    }
    line(next, indent, ink);
    return;
  }
  put(text, ink);
}

std::string on_one_line(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    // Control characters of foreign text would command the terminal.
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
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
