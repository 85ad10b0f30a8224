#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace depesche {

/// The code point at `offset` and the offset behind it. The text is valid UTF-8.
struct CodePoint {
  char32_t value;
  std::uint32_t next;
};
CodePoint long_code_point_at(std::string_view text, std::uint32_t offset);

/// One and two bytes, with which most letters are written, are read in place; for the others it takes a call.
inline CodePoint code_point_at(std::string_view text, std::uint32_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return {first, offset + 1};
  if (first >= 0xC2 && first < 0xE0 && offset + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[offset + 1]);
    if ((second & 0xC0) == 0x80) return {(first & 0x1Fu) << 6 | (second & 0x3Fu), offset + 2};
  }
  return long_code_point_at(text, offset);
}

/// `Ask(c)`, which is below 65535; remembered by each thread for characters below U+3000. A property of ICU's is a call and
/// several look-ups, and some are asked of every letter of every text.
template <std::uint16_t (*Ask)(char32_t)>
std::uint16_t remembered(char32_t c) {
  constexpr char32_t end = 0x3000;
  thread_local constinit std::array<std::uint16_t, end> answers{};  // plus one; 0 where nobody asked yet
  if (c >= end) return Ask(c);
  auto& answer = answers[c];
  if (answer == 0) answer = static_cast<std::uint16_t>(Ask(c) + 1);
  return static_cast<std::uint16_t>(answer - 1);
}

/// How many code points stand in `text` (valid UTF-8).
std::uint32_t count_code_points(std::string_view text);

/// For comparing names and lines: NFKD, case folded, without combining marks; whatever is neither letter nor digit is
/// one blank between words. "L’État-major" and "l'Etat  Major" both fold to "l etat major".
std::string fold(std::string_view text);
/// The same into `out`, whose memory is used again.
void fold(std::string_view text, std::string& out);

/// In lower case as every language but Turkish and Lithuanian has it, into `out`, whose memory is used again: the same
/// letters with the same marks, and the sigma at the end of a word as it is written there.
void in_small_letters(std::string_view text, std::string& out);

/// The lower case of one character where that is one character; the character itself where it is not.
char32_t small_letter(char32_t c);

/// Appends the character as UTF-8.
void append_utf8(char32_t c, std::string& out);

/// Whether it is a letter, a digit or a mark upon one, in any script.
bool is_word_char(char32_t c);

/// Whether it is a capital letter.
bool is_capital(char32_t c);

/// Whether words of this letter's script stand without blanks between them (Han, Kana, Thai, Lao, Khmer, Burmese).
bool is_unspaced(char32_t c);

/// White space of any script off both ends.
std::string_view trim(std::string_view text);

/// `text` as valid UTF-8: each byte that is none becomes U+FFFD. `broken` counts them.
std::string repair_utf8(std::string_view text, std::size_t& broken);
bool is_valid_utf8(std::string_view text);

/// How many columns of a terminal `text` takes; marks take none, wide East Asian characters two.
int terminal_width(std::string_view text);

}  // namespace depesche
