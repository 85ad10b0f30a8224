#include "facts/places.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/unicode.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

struct Read {
  Article article;
  Facts facts;

  const Place* place_of(std::string_view words) const {
    for (const auto& mention : facts.articles[0].places) {
      if (article.words_at(mention.span) == words && mention.use == PlaceUse::location)
        return &facts.places[mention.place];
    }
    return nullptr;
  }
  bool is_government(std::string_view words) const {
    for (const auto& mention : facts.articles[0].places) {
      if (article.words_at(mention.span) == words) return mention.use == PlaceUse::government;
    }
    return false;
  }
};

Read read(std::string_view language, std::string words) {
  auto article = article_of(std::move(words), "a");
  auto text = text::annotate(article, knowledge());
  text.language = Language(language);
  auto facts = extract({&article, 1}, {&text, 1}, knowledge());
  return {std::move(article), std::move(facts)};
}

// -- what is found, and what it is

struct PlaceCase {
  const char* language;
  const char* text;
  const char* words;
  const char* name;
  const char* country;
};
class FindsPlaces : public ::testing::TestWithParam<PlaceCase> {};
TEST_P(FindsPlaces, in_the_forms_of_their_language) {
  const auto found = read(GetParam().language, GetParam().text);
  const auto* place = found.place_of(GetParam().words);
  ASSERT_TRUE(place) << GetParam().text;
  EXPECT_EQ(place->name, GetParam().name);
  EXPECT_EQ(place->country, GetParam().country);
}
INSTANTIATE_TEST_SUITE_P(
    Languages, FindsPlaces,
    ::testing::Values(PlaceCase{"en", "A warehouse burned in Hamburg on Thursday night.", "Hamburg", "Hamburg", "DE"},
                      PlaceCase{"en", "Farmers in northern Ghana wait for rain.", "Ghana", "Ghana", "GH"},
                      PlaceCase{"en", "Two bridges in the U.S. are closed for repairs.", "U.S.", "United States", "US"},
                      PlaceCase{"fr", "Un entrepôt a brûlé dans la ville d'Alep jeudi soir.", "Alep", "Aleppo", "SY"},
                      PlaceCase{"de", "Die Feuerwehr Bremens löschte einen Brand in München.", "München", "Munich",
                                "DE"},
                      PlaceCase{"de", "Der Fluss steigt, meldet ein Dorf im Norden Syriens.", "Syriens", "Syria", "SY"},
                      PlaceCase{"es", "Un almacén ardió el jueves en Sevilla.", "Sevilla", "Seville", "ES"},
                      PlaceCase{"it", "Un magazzino è bruciato giovedì a Napoli.", "Napoli", "Naples", "IT"},
                      PlaceCase{"pt", "Um armazém ardeu na quinta-feira em Lisboa.", "Lisboa", "Lisbon", "PT"},
                      PlaceCase{"nl", "Een pakhuis brandde donderdag af in Parijs.", "Parijs", "Paris", "FR"},
                      PlaceCase{"ru", "Пожар начался ночью в Москве на складе.", "Москве", "Moscow", "RU"},
                      PlaceCase{"ar", "اندلع حريق كبير في دمشق مساء الخميس", "دمشق", "Damascus", "SY"},
                      PlaceCase{"tr", "Perşembe gecesi Ankara'da bir depo yandı.", "Ankara", "Ankara", "TR"}));

TEST(Places, with_one_name_are_told_apart_by_what_the_text_says) {
  const auto illinois = read("en", "The mayor of Springfield, Illinois, opened a bridge.");
  ASSERT_TRUE(illinois.place_of("Springfield"));
  EXPECT_NEAR(illinois.place_of("Springfield")->point->latitude, 39.8, 0.2);
  const auto texas = read("en", "The county court in Paris, Texas, is closed. Paris has one judge.");
  ASSERT_TRUE(texas.place_of("Paris"));
  EXPECT_EQ(texas.place_of("Paris")->country, "US");
  const auto france = read("en", "The ministers met in Paris. France is the host.");
  EXPECT_EQ(france.place_of("Paris")->country, "FR");
}

TEST(Places, of_a_division_lie_among_its_towns) {
  const auto found = read("en", "Floods have reached the province of Idlib and the town of Idlib.");
  ASSERT_TRUE(found.place_of("Idlib"));
  EXPECT_EQ(found.place_of("Idlib")->kind, PlaceKind::division);
  EXPECT_NE(found.place_of("Idlib")->precision, PlacePrecision::exact);
}

TEST(Places, that_the_gazetteer_lacks_have_no_coordinates) {
  const auto found = read("fr", "Un puits a été creusé dans le village de Saint-Ormaz.");
  const auto* place = found.place_of("Saint-Ormaz");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->kind, PlaceKind::town);
  EXPECT_FALSE(place->point);
}

// -- what is none

struct NoPlaceCase {
  const char* language;
  const char* text;
  const char* words;
};
class LeavesAlone : public ::testing::TestWithParam<NoPlaceCase> {};
TEST_P(LeavesAlone, what_only_has_the_name_of_a_place) {
  EXPECT_FALSE(read(GetParam().language, GetParam().text).place_of(GetParam().words)) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(Names, LeavesAlone,
                         ::testing::Values(NoPlaceCase{"fr", "Les pays du processus d'Astana se réunissent.", "Astana"},
                                           NoPlaceCase{"fr", "Selon Moscou, le pont est ouvert.", "Moscou"},
                                           NoPlaceCase{"fr", "Damas aurait réussi à rouvrir la route.", "Damas"},
                                           NoPlaceCase{"en", "The Washington Post reported the sale.", "Washington"},
                                           NoPlaceCase{"en", "According to Tehran, the talks go on.", "Tehran"},
                                           NoPlaceCase{"en", "Jackson Clinton won the race. Clinton said he was glad.",
                                                       "Clinton"},
                                           NoPlaceCase{"de", "Der Ball lag auf dem Boden.", "Boden"},
                                           NoPlaceCase{"de", "Moskau hat den Bericht bestätigt.", "Moskau"},
                                           NoPlaceCase{"en", "Reading is a pleasure.", "Reading"}));

TEST(Places, where_governments_sit_are_told_from_them) {
  EXPECT_TRUE(read("fr", "Selon Moscou, le pont est ouvert.").is_government("Moscou"));
  EXPECT_TRUE(read("en", "A deal between Ankara and Baghdad is near.").is_government("Ankara"));
  EXPECT_FALSE(read("fr", "L'ambassade iranienne à Moscou est fermée.").is_government("Moscou"));
}

RC_GTEST_PROP(Places, stand_inside_the_text_whatever_it_is, (const std::string& noise)) {
  auto words = "A fire in Hamburg. " + noise;
  std::size_t broken = 0;
  const auto found = read("en", repair_utf8(words, broken) + " of Paris, Texas");
  for (const auto& mention : found.facts.articles[0].places) {
    RC_ASSERT(mention.span.begin < mention.span.end);
    RC_ASSERT(mention.span.end <= found.article.text.size());
    RC_ASSERT(mention.place < found.facts.places.size());
  }
}

TEST(Places, are_not_made_of_other_words_that_look_like_their_genitives) {
  EXPECT_FALSE(read("de", "Die Hamas griff am Dienstag den Hafen der Stadt an, sagte ein Sprecher.").place_of("Hamas"));
}

}  // namespace
}  // namespace depesche::facts
