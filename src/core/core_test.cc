#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/article.h"
#include "core/instant.h"
#include "core/language.h"
#include "core/parallel.h"
#include "core/unicode.h"

namespace depesche {
namespace {

TEST(Instant, keeps_the_precision_it_was_read_with) {
  for (const char* text : {"2024", "2024-11", "2024-11-27", "2024-11-27T21:40:00", "2024-11-27T21:40:00Z",
                           "2024-11-27T21:40:00+01:00", "2024-02-29T00:00:00-03:30"}) {
    const auto instant = parse_iso(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(iso(*instant), text);
  }
}

TEST(Instant, refuses_what_is_no_date) {
  for (const char* text : {"", "24", "2024-13", "2024-02-30", "2023-02-29", "2024-1-1", "0000", "2024-11-27T",
                           "2024-11-27x", "2024-11-27T25:00", "2024-11-27T21:40:00+99:00"}) {
    EXPECT_FALSE(parse_iso(text)) << text;
  }
}

TEST(Instant, agrees_with_its_parts) {
  EXPECT_TRUE(agree(*parse_iso("2024-11"), *parse_iso("2024-11-27")));
  EXPECT_TRUE(agree(*parse_iso("2024"), *parse_iso("2024-11-27T10:00")));
  EXPECT_FALSE(agree(*parse_iso("2024-11"), *parse_iso("2024-12-01")));
  EXPECT_EQ(weekday_of(*parse_iso("2024-11-27")), Weekday::wednesday);
}

RC_GTEST_PROP(Instant, days_come_back_from_their_number, ()) {
  const auto days = *rc::gen::inRange<std::int64_t>(-700'000, 2'900'000);
  const auto day = day_from_epoch(days);
  RC_ASSERT(days_since_epoch(day) == days);
  RC_ASSERT(parse_iso(iso(day)) == std::optional(day));
}

TEST(Fold, makes_print_variants_alike) {
  EXPECT_EQ(fold("L’État-major"), "l etat major");
  EXPECT_EQ(fold("l'Etat  Major"), "l etat major");
  EXPECT_EQ(fold("STRASSE"), fold("Straße"));
  EXPECT_EQ(fold("Ёлка Йод"), "елка иод");
  EXPECT_EQ(fold("  … "), "");
}

/// Folding as it is defined: the whole text at once, by ICU.
std::string fold_whole(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide = nfkd->normalize(wide, status);
  wide = nfkd->normalize(wide.foldCase(), status);
  std::string out;
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

std::string utf8_of(char32_t c) {
  std::string out;
  icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
  return out;
}

bool is_surrogate(char32_t c) { return c >= 0xD800 && c < 0xE000; }

TEST(Fold, does_with_every_character_what_folding_the_whole_text_does) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_surrogate(c)) continue;
    const auto text = std::string("a").append(utf8_of(c)).append("B");
    ASSERT_EQ(fold(text), fold_whole(text)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

RC_GTEST_PROP(Fold, does_with_any_text_what_folding_the_whole_text_does, ()) {
  // Marks of different classes, which change places; a mark that folds to a letter; ligatures, jamo, and the sigmas.
  const auto any = rc::gen::map(rc::gen::inRange<std::uint32_t>(0, 0x30000),
                                [](std::uint32_t c) { return is_surrogate(c) ? std::string() : utf8_of(c); });
  const auto odd = rc::gen::element<std::string>(
      "a", "É", "\u0301", "\u0327", "\u0345", "\u0323", "ᾳ", "α", "ς", "Σ", "ϲ", "ß", "ﬃ", "½", "ﷺ", "각", "\u1100",
      "\u1161", "\u3099", "か", "İ", " ", "—", "´", "\u037a", "\u00a0", "東", "ŉ", "\xff", "\xc3", "\xe2\x82");
  std::string text;
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(any, odd))) text += piece;
  std::string again = "what stood here before";
  fold(text, again);
  RC_ASSERT(again == fold_whole(text));
  RC_ASSERT(fold(text) == again);
}

std::string lowered_by_icu(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

TEST(SmallLetters, are_those_of_icu) {
  std::string out;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_surrogate(c)) continue;
    const auto text = std::string("A").append(utf8_of(c)).append(" ").append(utf8_of(c)).append("B");
    in_small_letters(text, out);
    ASSERT_EQ(out, lowered_by_icu(text)) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(small_letter(c), static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
  }
  for (const auto* text : {"ΟΔΟΣ", "ΣΑΣ Α", "İI\u0307", "ÉTAT"}) {
    in_small_letters(text, out);
    EXPECT_EQ(out, lowered_by_icu(text));
  }
}

TEST(Utf8, is_read_character_by_character) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_surrogate(c)) continue;
    const auto text = std::string("a").append(utf8_of(c)).append("b");
    const auto [value, next] = code_point_at(text, 1);
    ASSERT_TRUE(value == c && next == text.size() - 1) << std::hex << static_cast<std::uint32_t>(c);
  }
  EXPECT_EQ(code_point_at("\xc3", 0).value, char32_t{0xFFFD});
  EXPECT_EQ(code_point_at("\xc3(", 0).next, 1u);
}

RC_GTEST_PROP(Utf8, repaired_bytes_are_valid_and_valid_bytes_untouched, (const std::string& bytes)) {
  std::size_t broken = 0;
  const auto repaired = repair_utf8(bytes, broken);
  RC_ASSERT(is_valid_utf8(repaired));
  RC_ASSERT(is_valid_utf8(bytes) == (broken == 0));
  if (broken == 0) RC_ASSERT(repaired == bytes);
  RC_ASSERT(fold(fold(repaired)) == fold(repaired));
}

TEST(Trim, takes_white_space_and_nothing_else) {
  for (char32_t c = 0; c < 0x10000; ++c) {
    if (is_surrogate(c)) continue;
    const bool is_blank = u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0xFEFF || c == 0x200B;
    ASSERT_EQ(trim(utf8_of(c)).empty(), is_blank) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Trim, takes_white_space_of_any_script) { EXPECT_EQ(trim("\u00a0\t Wort \u3000\u2003"), "Wort"); }

TEST(Language, is_the_primary_subtag) {
  EXPECT_EQ(language_of_tag("fr_FR.UTF-8"), Language("fr"));
  EXPECT_EQ(language_of_tag("DE"), Language("de"));
  EXPECT_FALSE(language_of_tag("x-klingon").is_known());
  EXPECT_EQ(Language().code(), "und");
}

TEST(Parallel, does_each_piece_of_work_once) {
  std::vector<int> done(1000);
  for_each_index(done.size(), 4, [&](std::size_t i) { ++done[i]; });
  EXPECT_EQ(std::count(done.begin(), done.end(), 1), 1000);
}

}  // namespace
}  // namespace depesche
