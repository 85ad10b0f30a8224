#include "lineage/drift.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "copies/meanings.h"
#include "support.h"

namespace depesche::lineage {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

/// A dispatch whose second paragraph is looked at; the others only make it one dispatch.
const std::vector<std::string> around_english = {
    "The governor of Sornau announced the reopening of the harbour hospital on Monday after the earthquake.",
    "The opposition demanded new elections and the resignation of the president of the island council.",
    "Hundreds of residents slept in tents, in the parks and on the sports grounds of the old town."};
const std::vector<std::string> around_german = {
    "Der Gouverneur von Sornau kündigte am Montag nach dem Erdbeben die Wiedereröffnung des Krankenhauses am Hafen an.",
    "Die Opposition forderte neue Wahlen und den Rücktritt des Präsidenten des Inselrates.",
    "Hunderte Einwohner schliefen in Zelten, in den Parks und auf den Sportplätzen der Altstadt."};

Article article_with(const std::vector<std::string>& around, const std::string& sentence, const char* language,
                     const char* id) {
  auto article = article_of(fmt::format("{}\n\n{}\n\n{}\n\n{}\n", around[0], sentence, around[1], around[2]), id);
  article.declared_language = Language(language);
  article.given_dates.push_back({*parse_iso("2026-03-05"), "test"});
  return article;
}

/// "number: \"nine\" in a, \"seven\" in b; …"
std::string told(std::vector<Article> articles) {
  const auto texts = text::annotate(articles, knowledge());
  const auto bodies = copies::bodies_of(articles, texts, knowledge());
  const auto facts = facts::extract(articles, texts, knowledge());
  const auto lineage = trace(articles, texts, bodies, copies::match_all(bodies), facts, knowledge());
  const std::vector<std::optional<Instant>> made(articles.size(), parse_iso("2026-03-05"));
  const auto times = facts::find_times(articles, texts, made, knowledge());
  std::string out;
  for (const Drift& drift : find_drift(articles, texts, bodies, facts, times, lineage.dispatches, knowledge())) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{}: {}", name_of(drift.kind), drift.because);
    EXPECT_EQ(drift.in_a.block, drift.in_b.block) << "the second paragraph of both";
  }
  return out;
}

std::string told_of_copy(const std::string& original, const std::string& copy) {
  // The longer text is the one that the other shares its words with.
  return told({article_with(around_english, original, "en", "a"), article_with(around_english, copy, "en", "b")});
}

std::string told_of_translation(const std::string& original, const std::string& translation) {
  return told({article_with(around_english, original, "en", "a"), article_with(around_german, translation, "de", "b")});
}

TEST(Drift, says_nothing_of_what_stayed_the_same) {
  const std::string sentence = "The mayor, Jane Doe, said that 27 people had been wounded in Paris on Tuesday.";
  EXPECT_EQ(told_of_copy(sentence, sentence), "");
  EXPECT_EQ(told_of_copy(sentence, "Jane Doe, the mayor, said that 27 people had been wounded on Tuesday in Paris."),
            "");
}

struct DriftCase {
  const char* original;
  const char* copy;
  const char* told;
};

class DriftOfCopies : public ::testing::TestWithParam<DriftCase> {};

TEST_P(DriftOfCopies, is_told_with_its_words) {
  EXPECT_EQ(told_of_copy(GetParam().original, GetParam().copy), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, DriftOfCopies,
    ::testing::Values(DriftCase{"The mayor said that 27 people had been wounded and that the road remained closed.",
                                "The mayor said that 72 people had been wounded and that the road remained closed.",
                                "number: \"27\" in a, \"72\" in b"},
                      DriftCase{
                          "The ferry sank on Tuesday before the eyes of its owner, the harbour office reported.",
                          "The ferry sank on Wednesday before the eyes of its owner, the harbour office reported.",
                          "date: \"Tuesday\" in a, \"Wednesday\" in b"},
                      DriftCase{"The convoy with food and blankets for the island had left from Paris, the army said.",
                                "The convoy with food and blankets for the island had left from London, the army said.",
                                "place: \"Paris\" in a, \"London\" in b"},
                      DriftCase{"The police did not arrest the owner of the warehouse in which the fire began.",
                                "The police did arrest the owner of the warehouse in which the fire began.",
                                "negation: \"not\" stands in a alone"},
                      DriftCase{"The bridge over the river has reportedly collapsed under the weight of a lorry.",
                                "The bridge over the river has collapsed under the weight of a lorry.",
                                "hedge: \"reportedly\" stands in a alone"},
                      DriftCase{"The minister said: \"We hope that the harbour will open again as soon as possible\".",
                                "The minister said: \"We hope that the harbour will open again with due speed\".",
                                "quotation: \"as soon as possible\" in a, \"with due speed\" in b"}));

class DriftOfTranslations : public ::testing::TestWithParam<DriftCase> {};

TEST_P(DriftOfTranslations, is_told_with_its_words) {
  EXPECT_EQ(told_of_translation(GetParam().original, GetParam().copy), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, DriftOfTranslations,
    ::testing::Values(
        DriftCase{
            "The mayor said that 27 people had been wounded and that the road to the airport remained closed.",
            "Der Bürgermeister sagte, dass 27 Menschen verletzt worden seien und die Straße zum Flughafen gesperrt "
            "bleibe.",
            ""},
        DriftCase{
            "The mayor said that 27 people had been wounded and that the road to the airport remained closed.",
            "Der Bürgermeister sagte, dass 72 Menschen verletzt worden seien und die Straße zum Flughafen gesperrt "
            "bleibe.",
            "number: \"27\" in a, \"72\" in b"},
        DriftCase{"The police did not arrest the owner of the warehouse in which the fire began.",
                  "Die Polizei nahm den Besitzer des Lagerhauses fest, in dem das Feuer ausbrach.",
                  "negation: \"not\" stands in a alone"},
        DriftCase{"The foreign ministers of the three countries, Russia, Iran and Turkey, are in close contact.",
                  "Die Außenminister der drei Länder stehen mit Russland, Iran und der Türkei in engem Kontakt.",
                  "party: \"Iran\" in a, \"Iran\" in b"}));

}  // namespace
}  // namespace depesche::lineage
