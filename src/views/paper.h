#pragma once

#include <string>
#include <string_view>

#include "views/views.h"

namespace depesche::views {

enum class Ink : std::uint8_t { plain, heading, faint, warning, added };

/// Lines of text for a terminal: cut or wrapped to its width by columns, not bytes, and coloured where it is.
class Paper {
 public:
  explicit Paper(const Terminal& terminal) : terminal_(terminal) {}

  int width() const { return terminal_.width; }
  void blank() { out_ += '\n'; }
  /// A line; longer ones go on behind `indent` blanks, broken between words.
  void line(std::string_view text, int indent = 0, Ink ink = Ink::plain);
  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text, Ink ink);

  Terminal terminal_;
  std::string out_;
};

/// `text` with line breaks and runs of blanks as single blanks.
std::string on_one_line(std::string_view text);

/// `text` cut to `columns` with "…" where something is left out.
std::string shortened(std::string_view text, int columns);

/// `text` followed by blanks up to `columns`.
std::string padded(std::string_view text, int columns);

}  // namespace depesche::views
