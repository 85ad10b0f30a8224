#include "text/concepts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support.h"
#include "text/sounds.h"

namespace depesche::text {
namespace {

using depesche::testing::knowledge;

bool may_mean_the_same(std::string_view a, std::string_view language_a, std::string_view b,
                       std::string_view language_b) {
  const auto x = concepts_of_word(a, Language(language_a), knowledge());
  const auto y = concepts_of_word(b, Language(language_b), knowledge());
  return std::any_of(x.begin(), x.end(), [&](auto id) { return std::find(y.begin(), y.end(), id) != y.end(); });
}

bool has_dictionaries() { return !knowledge().concepts(Language("de"), "^krieg").empty(); }

TEST(Concepts, are_equal_where_words_of_two_languages_mean_the_same) {
  ASSERT_TRUE(has_dictionaries()) << "scripts/setup installs the dictionaries";
  EXPECT_TRUE(may_mean_the_same("guerre", "fr", "Krieg", "de"));
  EXPECT_TRUE(may_mean_the_same("война", "ru", "war", "en"));
  EXPECT_TRUE(may_mean_the_same("savaş", "tr", "guerra", "it"));
  EXPECT_TRUE(may_mean_the_same("hospital", "pt", "Krankenhaus", "de"));
  EXPECT_TRUE(may_mean_the_same("المستشفى", "ar", "hospital", "en"));
  EXPECT_FALSE(may_mean_the_same("guerre", "fr", "Krankenhaus", "de"));
}

TEST(Concepts, of_names_hold_in_every_language) {
  EXPECT_TRUE(may_mean_the_same("Alep", "fr", "Aleppo", "de"));
  EXPECT_TRUE(may_mean_the_same("Syrie", "fr", "Syrien", "de"));
  EXPECT_TRUE(may_mean_the_same("ONU", "fr", "UN", "en"));
  EXPECT_TRUE(may_mean_the_same("mercredi", "fr", "Wednesday", "en"));
  EXPECT_TRUE(may_mean_the_same("syrien", "fr", "Syria", "en")) << "a demonym";
}

TEST(Concepts, leave_out_function_words_and_stand_no_empty_word) {
  for (const auto& [word, language] :
       {std::pair("der", "de"), {"les", "fr"}, {"the", "en"}, {"из", "ru"}, {"ve", "tr"}})
    EXPECT_TRUE(concepts_of_word(word, Language(language), knowledge()).empty()) << word;
  EXPECT_TRUE(concepts_of_word("", Language("de"), knowledge()).empty());
  EXPECT_TRUE(concepts_of_word("\u200b", Language(), knowledge()).empty());
}

TEST(CounterpartShare, is_given_for_every_language_with_a_dictionary) {
  for (const auto language : {"ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "tr"}) {
    const auto share = counterpart_share(Language(language), knowledge());
    EXPECT_GT(share, 0) << language << ": its `counterparts` rule must give a share above 0, 1 at most";
    EXPECT_LE(share, 1) << language;
  }
  EXPECT_EQ(counterpart_share(Language("ja"), knowledge()), 0);
}

TEST(Sounds, are_one_for_the_spellings_of_a_name) {
  const auto skeleton = [](std::string_view name, std::string_view language) {
    return Sounds(knowledge(), Language(language)).skeleton(name);
  };
  EXPECT_EQ(skeleton("Zakharova", "fr"), skeleton("Sacharowa", "de"));
  EXPECT_EQ(skeleton("Zakharova", "en"), skeleton("Захарова", "ru"));
  EXPECT_EQ(skeleton("Hezbollah", "en"), skeleton("Hisbollah", "de"));
  const auto cognate = [](std::string_view word, std::string_view language) {
    return Sounds(knowledge(), Language(language)).cognate_prefix(word);
  };
  EXPECT_EQ(cognate("président", "fr"), cognate("президент", "ru"));
  EXPECT_EQ(cognate("rue", "fr"), "");
}

}  // namespace
}  // namespace depesche::text
