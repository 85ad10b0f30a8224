#include "facts/timex.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/unicode.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

const TimexFinder& finder() {
  static const TimexFinder finder(knowledge());
  return finder;
}

std::vector<Timex> times_in(const Article& article, const char* day) {
  const auto text = text::annotate(article, knowledge(), text::Languages::declared);
  return finder().find(article, text, parse_iso(day));
}

/// "[Dienstag] 2026-03-03 [20.15 Uhr] 2026-03-03T20:15"
std::string told(std::string words, const char* language, const char* day = "2026-03-05") {
  auto article = article_of(std::move(words));
  article.declared_language = Language(language);
  std::string out;
  for (const Timex& timex : times_in(article, day))
    out += fmt::format("{}[{}] {}", out.empty() ? "" : " ", article.words_at(timex.span), timex.value);
  return out;
}

struct TimexCase {
  const char* language;
  const char* words;
  const char* told;
};
class FindsTimes : public ::testing::TestWithParam<TimexCase> {};
TEST_P(FindsTimes, in_running_text) {
  EXPECT_EQ(told(GetParam().words, GetParam().language), GetParam().told) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(
    Languages, FindsTimes,  // said on a Thursday
    ::testing::Values(
        TimexCase{"fr", "Les pourparlers se tiendront du 27 au 29 novembre 2024 à Genève.",
                  "[27] 2024-11-27 [29 novembre 2024] 2024-11-29"},
        TimexCase{"fr", "Elle l'a dit mercredi, deux jours après la prise de la ville.",
                  "[mercredi] 2026-03-04 [deux jours] P2D"},
        TimexCase{"fr", "Jean Martin, 37 ans, est arrivé hier soir.", "[hier soir] 2026-03-04TEV"},
        TimexCase{"de", "Die Armee rückte am Dienstagabend vor, wie sie am Mittwoch mitteilte.",
                  "[Dienstagabend] 2026-03-03TEV [Mittwoch] 2026-03-04"},
        TimexCase{"de", "Das Treffen findet am Samstag um 20.15 Uhr statt.", "[Samstag um 20.15 Uhr] 2026-03-07T20:15"},
        TimexCase{"de", "Seit 2011 starben dort mehr als 2000 Menschen.", "[2011] 2011"},
        TimexCase{"en", "He was arrested on Tuesday and will appear in court on Monday.",
                  "[Tuesday] 2026-03-03 [Monday] 2026-03-09"},
        TimexCase{"en", "Sales rose in the third quarter of 2025 against a year earlier.",
                  "[the third quarter of 2025] 2025-Q3 [a year earlier] 2024-Q3"},
        TimexCase{"en", "Theresa May said the fighting began at 3:30 p.m.", "[3:30 p.m.] 2026-03-05T15:30"},
        TimexCase{"en", "Ashura falls on 10 Muharram 1446, eight months before Ramadan.",
                  "[10 Muharram 1446] 2024-07-16 [eight months] P8M [Ramadan] 2026-02"}));

TEST(Times, are_resolved_against_the_day_last_told_of_just_before) {
  EXPECT_EQ(told("Am 4. Februar begann der Streik. Um 8 Uhr standen alle Züge.", "de"),
            "[4. Februar] 2026-02-04 [8 Uhr] 2026-02-04T08:00");
  EXPECT_EQ(told("Am 4. Februar begann der Streik. Niemand kam. Keiner ging. Um 8 Uhr standen alle Züge.", "de"),
            "[4. Februar] 2026-02-04 [8 Uhr] 2026-03-05T08:00");
}

TEST(Times, without_a_reference_leave_open_what_it_would_tell) {
  auto article = article_of("Am Mittwoch und am 4. Dezember, gestern und vor drei Tagen.");
  article.declared_language = Language("de");
  const auto text = text::annotate(article, knowledge(), text::Languages::declared);
  std::vector<std::string> values;
  for (const Timex& timex : finder().find(article, text, {})) values.push_back(timex.value);
  EXPECT_EQ(values, (std::vector<std::string>{"XXXX-WXX-3", "XXXX-12-04", "XXXX-XX-XX", "P3D"}));
}

TEST(Times, of_days_that_do_not_exist_are_none) {
  EXPECT_EQ(told("am 31. Februar 2024", "de"), "");
  EXPECT_EQ(told("le 31 juin", "fr"), "");
}

TEST(Times, of_sources_that_know_no_date_are_left_open) {
  for (const char* day : {"0001-01-01", "9999-12-31"}) {
    EXPECT_EQ(told("It came on Monday, next month, until the 23rd, and in the sixties.", "en", day),
              "[Monday] XXXX-WXX-1 [next month] XXXX-XX [the 23rd] XXXX-XX-23 [the sixties] 196");
  }
}

TEST(Times, take_no_quantity_for_a_year) {
  EXPECT_EQ(told("En 2019, trois ans après, plus de 2000 manifestants ont perdu près de 1200 emplois.", "fr"),
            "[2019] 2019 [trois ans] P3Y");
  EXPECT_EQ(told("Der Dax fiel auf 2450. Das Spiel endete 24:22.", "de"), "");
  EXPECT_EQ(told("A second suspect fled; a quarter of the 1500 dead were men.", "en"), "");
}

TEST(Times, cost_linear_time_in_a_sentence_without_end) {
  std::string calendar;
  for (int i = 0; i < 20'000; ++i) calendar += "on Monday ";
  auto article = article_of(calendar);
  article.declared_language = Language("en");
  EXPECT_EQ(times_in(article, "2026-03-05").size(), 20'000u);
}

TEST(Times, of_half_days_are_hours_of_the_clock) {
  EXPECT_EQ(told("It began at 4 in the afternoon and ended at 12:30 a.m.", "en"),
            "[4 in the afternoon] 2026-03-05T16:00 [12:30 a.m.] 2026-03-05T00:30");
  EXPECT_EQ(told("Er kam um 8 Uhr abends.", "de"), "[8 Uhr abends] 2026-03-05T20:00");
}

TEST(Times, beyond_all_calendars_are_none) {
  EXPECT_EQ(told("It lived 99999999999 years ago and 3 million days ago.", "en"), "");
  EXPECT_EQ(told("It began 30,000 months ago and took 1,000,000 years.", "en"), "[1,000,000 years] P1000000Y");
}

TEST(Times, of_other_calendars_are_days_of_ours) {
  EXPECT_EQ(told("During Ramadan 2024 it was quiet.", "en"), "[Ramadan 2024] 2024-03");
  EXPECT_EQ(told("pendant le ramadan", "fr", "2024-03-20"), "[ramadan] 2024-03");
}

RC_GTEST_PROP(Times, lie_apart_and_inside, (std::uint8_t language)) {
  static const std::vector<const char*> languages = {"fr", "de", "en", "es", "it", "ru", "ar", "tr", "nl", "pt"};
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("27", ".", " ", "-", "du ", "au ", "mars ", "2024", "Dienstag", "abend ", "il y a ",
                                    "trois ", "ans", ", ", "the ", "last ", "year", "'", "’98", "h", "30", " Uhr", "\n",
                                    "следующий ", "٢٠٢٤ ", "😀", "\u0301", "99999999999", "/", "end of "));
  std::string words;
  for (const auto& piece : pieces) words += piece;
  auto article = article_of(words);
  article.declared_language = Language(languages[language % languages.size()]);
  std::uint32_t last = 0;
  for (const Timex& timex : times_in(article, "2024-02-29")) {
    RC_ASSERT(timex.span.begin >= last && timex.span.begin < timex.span.end);
    RC_ASSERT(article.blocks[timex.block].span.contains(timex.span));
    RC_ASSERT(is_valid_utf8(article.words_at(timex.span)));
    RC_ASSERT(!timex.value.empty());
    last = timex.span.end;
  }
}

}  // namespace
}  // namespace depesche::facts
