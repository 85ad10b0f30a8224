#include <gtest/gtest.h>

#include "facts/quantity_finder.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

/// All quantities of a text in one language, as the packs write them.
std::string counted(Language language, std::string words) {
  auto article = article_of(std::move(words));
  article.declared_language = language;
  const auto text = text::annotate(article, knowledge(), text::Languages::declared);
  std::string all;
  for (const auto& quantity : QuantityFinder(knowledge(), language).find(article, text))
    all += (all.empty() ? "" : " ; ") + written(quantity);
  return all;
}

struct Case {
  const char* language;
  const char* words;
  const char* found;
};
class Counts : public ::testing::TestWithParam<Case> {};
TEST_P(Counts, what_is_counted) {
  EXPECT_EQ(counted(Language(GetParam().language), GetParam().words), GetParam().found) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(
    Languages, Counts,
    ::testing::Values(
        Case{"en", "The mine fire killed at least 12 people, including 3 children, and injured dozens.",
             "dead >=12 ; dead 3 ; wounded 20..99"},
        Case{"en", "Twelve miners, among them two women, were killed on 12 March 2024.", "dead 12 ; dead 2"},
        Case{"en", "The T-72 tanks won 3-2 at 12:30 in 2011.", ""},
        Case{"en", "Two hundred and fifty soldiers and ninety-nine thousand protesters came.",
             "troops 250 ; people 99000"},
        Case{"fr", "Le bilan de l'incendie est monté à 30 morts et une cinquantaine de blessés.",
             "dead 30 ; wounded ~50"},
        Case{"fr", "Quatre-vingt-dix mille habitants ont fui à plus de 12 km.", "displaced 90000 ; distance >=12 km"},
        Case{"de", "Bei dem Brand in der Mine kamen zwischen 10 und 20 Menschen ums Leben.", "dead 10..20"},
        Case{"de", "Die Zahl der Todesopfer stieg auf mehr als 30, rund 1,2 Millionen Menschen flohen.",
             "dead >=30 ; displaced ~1200000"}));

TEST(Quantity, stands_on_its_words) {
  const auto article = article_of("On Monday at least 12 miners were killed.");
  const auto text = text::annotate(article, knowledge(), text::Languages::declared);
  const auto found = QuantityFinder(knowledge(), Language("en")).find(article, text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(article.words_at(found[0].span), "at least 12 miners were killed");
  EXPECT_EQ(article.words_at(found[0].number), "12");
  EXPECT_EQ(article.words_at(found[0].what), "miners");
}

}  // namespace
}  // namespace depesche::facts
