#include "core/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace depesche {
namespace {

// -- folding ---------------------------------------------------------------------------------------------------------

/// What one character folds to, a blank for whatever parts words. Folding a text is folding its characters one by one:
/// decomposing moves nothing but marks past each other, and marks are dropped. (The iota under a Greek vowel is a mark
/// that folds to a letter; but between it and its vowel stand only marks.)
std::string folded_character(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString wide;
  if (!nfkd->getDecomposition(c, wide)) wide = icu::UnicodeString(c);
  // Decomposing can bring up a letter that folds (ϲ is ς, which is σ), and folding one that decomposes.
  wide = wide.foldCase();
  if (wide != icu::UnicodeString(c)) wide = nfkd->normalize(wide, status);
  std::string out;
  for (std::int32_t i = 0; i < wide.length();) {
    const UChar32 part = wide.char32At(i);
    i += U16_LENGTH(part);
    const auto kind = U_GET_GC_MASK(part);
    if (kind & U_GC_M_MASK) continue;
    if (kind & (U_GC_L_MASK | U_GC_N_MASK)) {
      icu::UnicodeString(part).toUTF8String(out);
    } else {
      out += ' ';
    }
  }
  return out;
}

/// What a character folds to, where that is short: at most three letters' bytes, or a blank.
struct Folded {
  enum class Kind : std::uint8_t { unasked, letters, blank, other };
  Kind kind = Kind::unasked;
  std::uint8_t size = 0;
  std::array<char, 3> letters{};
};

Folded folded(char32_t c) {
  const auto whole = folded_character(c);
  Folded out;
  if (whole == " ") {
    out.kind = Folded::Kind::blank;
  } else if (whole.size() <= out.letters.size() && whole.find(' ') == std::string::npos) {
    out.kind = Folded::Kind::letters;
    out.size = static_cast<std::uint8_t>(whole.size());
    std::copy(whole.begin(), whole.end(), out.letters.begin());
  } else {
    out.kind = Folded::Kind::other;
  }
  return out;
}

/// Remembered by each thread for the characters that most texts are written with.
const Folded& folded_once(char32_t c) {
  constexpr char32_t end = 0x3000;
  thread_local constinit std::array<Folded, end> known{};
  thread_local constinit Folded last{};
  if (c >= end) return last = folded(c);
  auto& entry = known[c];
  if (entry.kind == Folded::Kind::unasked) entry = folded(c);
  return entry;
}

}  // namespace

CodePoint long_code_point_at(std::string_view text, std::uint32_t offset) {
  UChar32 c = 0;
  auto i = static_cast<std::int32_t>(offset);
  U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), c);
  return {static_cast<char32_t>(c < 0 ? 0xFFFD : c), static_cast<std::uint32_t>(i)};
}

std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::string fold(std::string_view text) {
  std::string out;
  fold(text, out);
  return out;
}

void fold(std::string_view text, std::string& out) {
  // Three bytes for a character of two, and a blank in front that another character left.
  constexpr std::size_t growth = 2, letters_max = 3;
  out.resize(text.size() * growth + letters_max);
  char* end = out.data();
  bool gap = false;
  for (std::uint32_t i = 0; i < text.size();) {
    const auto [c, next] = code_point_at(text, i);
    i = next;
    const Folded& character = folded_once(c);
    if (character.kind == Folded::Kind::letters) {
      if (character.size == 0) continue;
      if (gap) *end++ = ' ';
      gap = false;
      std::copy_n(character.letters.data(), letters_max, end);
      end += character.size;
    } else if (character.kind == Folded::Kind::blank) {
      gap = end != out.data();
    } else {
      const auto whole = folded_character(c);
      const auto size = static_cast<std::size_t>(end - out.data());
      out.resize(out.size() + whole.size());
      end = out.data() + size;
      for (const char letter : whole) {
        if (letter == ' ') {
          gap = end != out.data();
          continue;
        }
        if (gap) *end++ = ' ';
        gap = false;
        *end++ = letter;
      }
    }
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
}

namespace {

std::uint16_t ask_word_char(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

std::uint16_t ask_capital(char32_t c) { return u_isUUppercase(static_cast<UChar32>(c)) != 0; }

/// White space, and the two characters of no width that stand where it does.
bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0xFEFF || c == 0x200B;
}

}  // namespace

namespace {

/// No small letter of a character below U+3000 stands above U+FFFE.
std::uint16_t ask_small_letter(char32_t c) { return static_cast<std::uint16_t>(u_tolower(static_cast<UChar32>(c))); }

/// Where the lower case of a character hangs on its neighbours or is two characters: Σ and İ.
bool is_small_in_its_own_way(char32_t c) { return c == 0x3A3 || c == 0x130; }

}  // namespace

char32_t small_letter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return c < 0x3000 ? remembered<ask_small_letter>(c) : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

void append_utf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  std::array<char, U8_MAX_LENGTH> bytes;
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(c));
  out.append(bytes.data(), static_cast<std::size_t>(size));
}

void in_small_letters(std::string_view text, std::string& out) {
  out.clear();
  for (std::uint32_t i = 0; i < text.size();) {
    const auto [c, next] = code_point_at(text, i);
    i = next;
    if (is_small_in_its_own_way(c)) {
      out.clear();
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
          .toLower(icu::Locale::getRoot())
          .toUTF8String(out);
      return;
    }
    append_utf8(small_letter(c), out);
  }
}

bool is_word_char(char32_t c) { return remembered<ask_word_char>(c) != 0; }

bool is_capital(char32_t c) { return remembered<ask_capital>(c) != 0; }

bool is_unspaced(char32_t c) {
  if (c < 0xE00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return c == 0x30FC;
  }
}

std::string_view trim(std::string_view text) {
  std::uint32_t begin = 0;
  while (begin < text.size()) {
    const auto [c, next] = code_point_at(text, begin);
    if (!is_blank(c)) break;
    begin = next;
  }
  auto end = static_cast<std::int32_t>(text.size());
  while (end > static_cast<std::int32_t>(begin)) {
    auto before = end;
    UChar32 c = 0;
    U8_PREV(text.data(), static_cast<std::int32_t>(begin), before, c);
    if (!is_blank(static_cast<char32_t>(c))) break;
    end = before;
  }
  return text.substr(begin, static_cast<std::size_t>(end) - begin);
}

bool is_valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(text.data(), i, text.size(), c);
    if (c < 0) return false;
  }
  return true;
}

std::string repair_utf8(std::string_view text, std::size_t& broken) {
  std::string out;
  out.reserve(text.size());
  std::size_t i = 0;
  while (i < text.size()) {
    const auto start = i;
    UChar32 c = 0;
    U8_NEXT(text.data(), i, text.size(), c);
    if (c >= 0) {
      out.append(text.substr(start, i - start));
      continue;
    }
    out += "\uFFFD";
    ++broken;
  }
  return out;
}

int terminal_width(std::string_view text) {
  int width = 0;
  for (std::uint32_t i = 0; i < text.size();) {
    const auto [c, next] = code_point_at(text, i);
    i = next;
    const auto kind = U_GET_GC_MASK(static_cast<UChar32>(c));
    if (kind & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) continue;
    const auto wide = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
    width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace depesche
