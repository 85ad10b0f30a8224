#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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

RC_GTEST_PROP(Utf8, repaired_bytes_are_valid_and_valid_bytes_untouched, (const std::string& bytes)) {
  std::size_t broken = 0;
  const auto repaired = repair_utf8(bytes, broken);
  RC_ASSERT(is_valid_utf8(repaired));
  RC_ASSERT(is_valid_utf8(bytes) == (broken == 0));
  if (broken == 0) RC_ASSERT(repaired == bytes);
  RC_ASSERT(fold(fold(repaired)) == fold(repaired));
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
