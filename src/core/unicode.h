#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace depesche {

/// The code point at `offset` and the offset behind it. The text is valid UTF-8.
struct CodePoint {
  char32_t value;
  std::uint32_t next;
};
CodePoint code_point_at(std::string_view text, std::uint32_t offset);

/// How many code points stand in `text` (valid UTF-8).
std::uint32_t count_code_points(std::string_view text);

/// For comparing names and lines: NFKD, case folded, without combining marks; whatever is neither letter nor digit is
/// one blank between words. "L’État-major" and "l'Etat  Major" both fold to "l etat major".
std::string fold(std::string_view text);

/// Whether it is a letter, a digit or a mark upon one, in any script.
bool is_word_char(char32_t c);

/// White space of any script off both ends.
std::string_view trim(std::string_view text);

/// `text` as valid UTF-8: each byte that is none becomes U+FFFD. `broken` counts them.
std::string repair_utf8(std::string_view text, std::size_t& broken);
bool is_valid_utf8(std::string_view text);

/// How many columns of a terminal `text` takes; marks take none, wide East Asian characters two.
int terminal_width(std::string_view text);

}  // namespace depesche
