#include "facts/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "core/unicode.h"
#include "support.h"

namespace depesche::facts {
namespace {

using testing::knowledge;

const NameMatcher& matcher() {
  static const NameMatcher made(knowledge());
  return made;
}

PersonName read(std::string_view name, std::string_view language = "en") {
  return matcher().read(name, Language(language));
}

Verdict verdict(std::string_view a, std::string_view b) { return matcher().verdict(read(a), read(b)); }

struct Pair {
  std::string_view a, b;
};

class OnePerson : public ::testing::TestWithParam<Pair> {};

TEST_P(OnePerson, has_names_that_are_the_same) {
  const auto [a, b] = GetParam();
  EXPECT_EQ(verdict(a, b), Verdict::same) << matcher().same_name(read(a), read(b));
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, OnePerson,
    ::testing::Values(Pair{"Darya Zakharenko", "Daria Sacharenko"}, Pair{"Дарья Захаренко", "Darya Zakharenko"},
                      Pair{"محمد بن سلمى", "Mohammed bin Salma"}, Pair{"Muhammad ibn Salma", "محمد بن سلمى"},
                      Pair{"عبد الفتاح النجار", "Abdelfattah el-Naggar"}, Pair{"Γιάννης Δούκας", "Giannis Doukas"},
                      Pair{"Jürgen Weiß", "Юрген Вайс"}, Pair{"Łukasz Wójcik", "Lukasz Wojcik"}));
INSTANTIATE_TEST_SUITE_P(Order, OnePerson,
                         ::testing::Values(Pair{"Doe, Jane", "Jane Doe"}, Pair{"MUSTERMANN Erika", "Erika Mustermann"},
                                           Pair{"Shinzaburo Abeno", "Abeno Shinzaburō"}));
INSTANTIATE_TEST_SUITE_P(Parts, OnePerson,
                         ::testing::Values(Pair{"Jane Mary Harrison", "Jane Harrison"},
                                           Pair{"J. M. Harrison", "Jane Mary Harrison"},
                                           Pair{"Frau Dr. Erika Mustermann", "Erika Mustermann"},
                                           Pair{"Jean-Luc Le Meur", "Jean Luc Lemeur"}));

class TwoPersons : public ::testing::TestWithParam<Pair> {};

TEST_P(TwoPersons, have_names_that_differ) {
  const auto [a, b] = GetParam();
  EXPECT_EQ(verdict(a, b), Verdict::different) << matcher().same_name(read(a), read(b));
}

INSTANTIATE_TEST_SUITE_P(OfOneSurname, TwoPersons,
                         ::testing::Values(Pair{"Jane Harrison", "Peter Harrison"},

                                           Pair{"P. Harrison", "Jane Harrison"}, Pair{"Kim Yong-su", "Kim Yong-il"},
                                           Pair{"Мария Захаренко", "Darya Zakharenko"},
                                           Pair{"Ahmed Hassan", "محمود حسن"}));
INSTANTIATE_TEST_SUITE_P(OfOneGivenName, TwoPersons,
                         ::testing::Values(Pair{"Jane Harrison", "Jane Miller"},
                                           Pair{"Mohammed Haddad", "محمد النجار"}));

TEST(Names, of_one_word_are_possible_beside_full_ones) {
  EXPECT_EQ(verdict("Zakharenko", "Дарья Захаренко"), Verdict::possible);
  EXPECT_EQ(verdict("Sacharenko", "Захаренко"), Verdict::possible);
  EXPECT_EQ(verdict("J. Harrison", "Jane Harrison"), Verdict::possible);
  EXPECT_EQ(verdict("Harrison", "Jane Miller"), Verdict::different);
}

TEST(Names, that_nearly_sound_alike_are_possible_at_most) {
  EXPECT_NE(verdict("Marine Lenoir", "Anne-Marie Lenoir"), Verdict::same);
  EXPECT_EQ(verdict("Bob Harrison", "Robert Harrison"), Verdict::possible);
  EXPECT_EQ(verdict("Jane Mary Harrison", "Jane Anne Harrison"), Verdict::possible);
  EXPECT_EQ(verdict("Peter W. Harrison", "Peter H. W. Harrison"), Verdict::possible);
}

TEST(Names, are_read_without_titles_and_remarks) {
  EXPECT_THAT(read("Frau Dr. Mustermann (Politikerin)", "de").words, ::testing::SizeIs(2));
  EXPECT_THAT(read("Jane Doe (film director)").words, ::testing::SizeIs(2));
  EXPECT_THAT(read("...").words, ::testing::IsEmpty());
  EXPECT_THAT(read("").words, ::testing::IsEmpty());
  EXPECT_EQ(matcher().same_name(read(""), read("Jane Doe")), 0);
}

TEST(Names, share_a_key_across_scripts) {
  const auto a = blocking_keys(read("Zakharenko")), b = blocking_keys(read("Захаренко")),
             c = blocking_keys(read("زاخارينكو"));
  std::vector<std::uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  EXPECT_FALSE(both.empty());
  both.clear();
  std::set_intersection(a.begin(), a.end(), c.begin(), c.end(), std::back_inserter(both));
  EXPECT_FALSE(both.empty());
}

TEST(Names, of_a_crowded_surname_are_paired_by_their_other_words) {
  std::vector<PersonName> names;
  for (const auto name : {"Jane Harrison", "Джейн Харрисон", "Peter Harrison", "J. Harrison", "Harrison"})
    names.push_back(read(name));
  const auto pairs = candidate_pairs(names, 2);
  EXPECT_THAT(pairs, ::testing::Contains(std::pair(0u, 1u)));
  EXPECT_THAT(pairs, ::testing::Contains(std::pair(0u, 3u)));
  EXPECT_THAT(pairs, ::testing::Contains(std::pair(2u, 4u)));
  EXPECT_THAT(pairs, ::testing::Not(::testing::Contains(std::pair(0u, 2u))));
  EXPECT_THAT(candidate_pairs(names, 64), ::testing::Contains(std::pair(0u, 2u)));
}

std::string any_name() {
  const auto letters =
      *rc::gen::container<std::u32string>(rc::gen::elementOf(std::u32string(U"aeiouhkszrnШщяю'. -,()المنJІїЖß")));
  std::string out;
  for (const char32_t c : letters) append_utf8(c, out);
  return out;
}

RC_GTEST_PROP(Names, are_as_alike_from_either_side, ()) {
  const auto a = read(any_name()), b = read(any_name());
  const double score = matcher().same_name(a, b);
  RC_ASSERT(score >= 0);
  RC_ASSERT(score <= 1 + 1e-9);
  RC_ASSERT(std::abs(score - matcher().same_name(b, a)) < 1e-9);
}

/// One to five words, some of which are others written differently, in parts or short.
std::string name_of_words() {
  static const std::vector<std::string> words = {"Jane",     "Jan",         "J.",     "Zakharenko", "Захаренко",
                                                 "Abdel",    "Abdelfattah", "Fattah", "عبدالفتاح",  "el",
                                                 "Harrison", "Harris",      "Mary",   "Jr"};
  std::string out;
  for (auto count = *rc::gen::inRange(1, 6); count > 0; --count) out += *rc::gen::elementOf(words) + " ";
  return out;
}

RC_GTEST_PROP(Names, are_the_same_soon_told_or_in_full, ()) {
  static HeardPairs heard;  // what earlier pairs left in it changes nothing
  const auto a = read(name_of_words()), b = read(name_of_words());
  RC_ASSERT(matcher().are_same(a, b, heard) == (matcher().verdict(a, b) == Verdict::same));
}

RC_GTEST_PROP(Names, are_paired_with_themselves, ()) {
  const auto name = read(any_name());
  const bool has_key = !blocking_keys(name).empty();
  const std::vector<PersonName> twice{name, name};
  RC_ASSERT(candidate_pairs(twice, 1).empty() != has_key);
}

}  // namespace
}  // namespace depesche::facts
