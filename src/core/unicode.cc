#include "core/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace depesche {
namespace {

/// The folding of text that is all ASCII, which most names and many lines are.
bool fold_ascii(std::string_view text, std::string& out) {
  bool gap = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += upper ? static_cast<char>(c + 32) : c;
  }
  return true;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::uint32_t offset) {
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
  out.reserve(text.size());
  if (fold_ascii(text, out)) return out;
  out.clear();

  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  // Decomposing can bring up a letter that folds (ϲ is ς, which is σ), and folding one that decomposes.
  wide = nfkd->normalize(wide, status);
  wide = nfkd->normalize(wide.foldCase(), status);
  bool gap = false;
  for (std::int32_t i = 0; i < wide.length();) {
    const UChar32 c = wide.char32At(i);
    i += U16_LENGTH(c);
    const auto kind = U_GET_GC_MASK(c);
    if (kind & U_GC_M_MASK) continue;
    if (!(kind & (U_GC_L_MASK | U_GC_N_MASK))) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    icu::UnicodeString(c).toUTF8String(out);
  }
  return out;
}

bool is_word_char(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

std::string_view trim(std::string_view text) {
  std::uint32_t begin = 0;
  while (begin < text.size()) {
    const auto [c, next] = code_point_at(text, begin);
    if (!u_isUWhiteSpace(static_cast<UChar32>(c)) && c != 0xFEFF && c != 0x200B) break;
    begin = next;
  }
  auto end = static_cast<std::int32_t>(text.size());
  while (end > static_cast<std::int32_t>(begin)) {
    auto before = end;
    UChar32 c = 0;
    U8_PREV(text.data(), static_cast<std::int32_t>(begin), before, c);
    if (!u_isUWhiteSpace(c) && c != 0xFEFF && c != 0x200B) break;
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
