#include <fmt/format.h>
#include <gtest/gtest.h>

#include "facts/facts.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

/// All relations of a text in one language: "Russia ally of Malta ; …"
std::string related(Language language, std::string words) {
  std::vector<Article> articles = {article_of(std::move(words))};
  articles[0].declared_language = language;
  const std::vector<text::Text> texts = {text::annotate(articles[0], knowledge(), text::Languages::declared)};
  const auto facts = extract(articles, texts, knowledge());
  std::string all;
  for (const auto& relation : facts.articles[0].relations)
    all += fmt::format("{}{} {} {}", all.empty() ? "" : " ; ", facts.actors[relation.a].name, name_of(relation.kind),
                       facts.actors[relation.b].name);
  return all;
}

struct Case {
  const char* language;
  const char* words;
  const char* found;
};
class Relates : public ::testing::TestWithParam<Case> {};
TEST_P(Relates, actors_by_the_words_between_them) {
  EXPECT_EQ(related(Language(GetParam().language), GetParam().words), GetParam().found) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(Languages, Relates,
                         ::testing::Values(Case{"en", "Russia and Iran, allies of Malta, were silent.",
                                                "Russia ally of Malta ; Iran ally of Malta"},
                                           Case{"en", "Russia attacked Iran, and Malta was silent.", ""},
                                           Case{"en", "Germany supports Russian plans and Iran's offer.", ""},
                                           Case{"fr", "Les alliés russe et iranien de Malte se sont tus.",
                                                "Russia ally of Malta ; Iran ally of Malta"},
                                           Case{"de", "Von der Türkei unterstützte Rebellen schwiegen.",
                                                "Turkey supports Rebellen"}));

}  // namespace
}  // namespace depesche::facts
