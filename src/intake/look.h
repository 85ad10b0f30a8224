#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace depesche::intake {

/// What a line looks like, whatever its language.
struct Look {
  std::uint32_t words = 0;      ///< runs of letters and digits; of a script without blanks, two letters count as a word
  std::uint32_t sentences = 0;  ///< places where a sentence ends, its end among them
  bool has_letters = false;
  bool ends_sentence =
      false;             ///< by a full stop or its like, closing quotes, brackets and a credit in brackets left aside
  bool asks = false;     ///< the sentence ends by ? or !, as that of a headline may
  bool is_open = false;  ///< ends by a colon, comma or semicolon: something must follow

  /// Long enough, and ended as a sentence is: surely text that somebody wrote as text.
  bool is_prose() const {
    if (words >= 30) return true;
    if (asks && sentences <= 1 && words <= 20) return false;
    return (ends_sentence && words >= 8) || (sentences >= 2 && words >= 12);
  }
};

Look look_at(std::string_view line);

/// The words of a folded text: its blank-separated parts, and each letter by itself in scripts that write no blanks.
/// Into `words`, which is overwritten.
void words_of(std::string_view folded, std::vector<std::string_view>& words);

/// At least as many words as a folded text has, and seldom many more.
std::size_t words_max(std::string_view folded);

}  // namespace depesche::intake
