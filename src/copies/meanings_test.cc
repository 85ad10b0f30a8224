#include "copies/meanings.h"

#include <gtest/gtest.h>

#include "support.h"

namespace depesche::copies {
namespace {

using depesche::testing::knowledge;

Article article_of(std::string_view language, const std::vector<std::string>& lines) {
  Article article;
  article.declared_language = Language(language);
  for (const auto& line : lines) {
    const auto begin = static_cast<std::uint32_t>(article.text.size());
    article.text += line + "\n";
    article.blocks.push_back({.line = static_cast<std::uint32_t>(article.blocks.size() + 1),
                              .role = Role::body,
                              .span = {begin, begin + static_cast<std::uint32_t>(line.size())},
                              .because = {},
                              .cut = {}});
  }
  return article;
}

Body body(std::string_view language, const std::vector<std::string>& lines) {
  const auto article = article_of(language, lines);
  return body_of(article, text::annotate(article, knowledge()), knowledge());
}

const std::vector<std::string> french = {
    "Le gouvernement a annoncé lundi la réouverture de l'hôpital de Lyon après le tremblement de terre.",
    "Le maire a déclaré que 27 personnes avaient été blessées et que la route de l'aéroport restait fermée.",
    "La police a arrêté trois suspects dans la nuit de mardi.",
    "L'opposition réclame de nouvelles élections et la démission du président."};
const std::vector<std::string> german = {
    "Die Regierung hat am Montag angekündigt, das Krankenhaus in Lyon nach dem Erdbeben wieder zu öffnen.",
    "Der Bürgermeister sagte, 27 Menschen seien verletzt worden und die Straße zum Flughafen bleibe gesperrt.",
    "Die Polizei nahm in der Nacht zum Dienstag drei Verdächtige fest.",
    "Die Opposition fordert neue Wahlen und den Rücktritt des Präsidenten."};
const std::vector<std::string> other = {
    "Der FC gewann am Samstag gegen den Tabellenführer mit zwei Toren in der zweiten Halbzeit.",
    "Der Trainer lobte nach dem Spiel die Abwehr und den jungen Torwart.",
    "Am kommenden Wochenende wartet das schwere Auswärtsspiel in Bremen."};

bool has_dictionaries() { return !knowledge().concepts(Language("fr"), "guerr").empty(); }

TEST(Meanings, link_a_translation_sentence_by_sentence) {
  if (!has_dictionaries()) GTEST_SKIP() << "the dictionaries are not installed";
  const auto a = body("fr", french);
  const auto b = body("de", german);
  const auto links = link_meanings(a, b);
  ASSERT_EQ(links.size(), 4u);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(links[i].a, std::vector<std::uint32_t>{i});
    EXPECT_EQ(links[i].b, std::vector<std::uint32_t>{i});
  }
  const auto alignment = align_meanings(a, b);
  EXPECT_EQ(alignment.by, By::meaning);
  EXPECT_GE(alignment.strength, strength_min);
  EXPECT_DOUBLE_EQ(alignment.share_of_a, 1);
}

TEST(Meanings, of_another_matter_are_not_linked) {
  EXPECT_LT(align_meanings(body("fr", french), body("de", other)).strength, strength_min);
  EXPECT_EQ(align_meanings(body("fr", {}), body("de", german)).links, 0u);
  EXPECT_EQ(align_meanings(body("fr", {"Oui."}), body("de", {"Nein."})).links, 0u);
}

TEST(Meanings, find_the_translation_among_others_and_part_of_it_in_another_text) {
  if (!has_dictionaries()) GTEST_SKIP() << "the dictionaries are not installed";
  std::vector<std::string> composite = other;
  composite.insert(composite.begin() + 1, german.begin(), german.begin() + 3);
  const std::vector<Body> bodies = {body("fr", french), body("de", other), body("de", german), body("de", composite)};
  const auto found = match_meanings(bodies, {});
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                          [](const Alignment& x) { return x.a == 0 && x.b == 2 && x.share_of_b > 0.9; }));
  EXPECT_TRUE(std::none_of(found.begin(), found.end(), [](const Alignment& x) { return x.a == 0 && x.b == 1; }));
  const auto part = align_meanings(bodies[0], bodies[3]);
  EXPECT_EQ(part.links, 3u);
  EXPECT_LT(part.share_of_b, 0.8);
}

}  // namespace
}  // namespace depesche::copies
