#include <gtest/gtest.h>

#include "facts/facts.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

struct Told {
  Article article;
  Facts facts;

  const std::vector<Statement>& statements() const { return facts.articles[0].statements; }
  std::string_view words(Span span) const { return article.words_at(span); }
};

Told told(const char* language, const std::string& text) {
  Told out;
  out.article = article_of(text, "a");
  out.article.declared_language = Language(language);
  const auto annotated = text::annotate(out.article, knowledge(), text::Languages::declared);
  out.facts = extract({&out.article, 1}, {&annotated, 1}, knowledge());
  return out;
}

struct WhoCase {
  const char* language;
  const char* text;
  const char* speaker;
  const char* content;
  SpeechAct act = SpeechAct::claims;
};

class Statements : public ::testing::TestWithParam<WhoCase> {};

TEST_P(Statements, are_given_to_their_speaker) {
  const auto found = told(GetParam().language, GetParam().text);
  ASSERT_FALSE(found.statements().empty());
  const Statement& statement = found.statements().back();
  EXPECT_EQ(found.words(statement.speaker), GetParam().speaker);
  EXPECT_EQ(found.words(statement.content.front()), GetParam().content);
  EXPECT_EQ(statement.act, GetParam().act);
}

INSTANTIATE_TEST_SUITE_P(
    French, Statements,
    ::testing::Values(
        WhoCase{"fr", "Les rebelles de la région affirment avoir capturé trois soldats de la garnison du port.",
                "rebelles de la région", "avoir capturé trois soldats de la garnison du port"},
        WhoCase{"fr", "Le porte-parole de la capitainerie, Jean Morel, a accusé la mairie de vouloir fermer le port.",
                "Jean Morel", "la mairie de vouloir fermer le port", SpeechAct::blames},
        WhoCase{"fr",
                "La mairie a annoncé mardi la fermeture du port. Elle a ajouté que les travaux dureraient trois mois.",
                "mairie", "les travaux dureraient trois mois"},
        WhoCase{"fr", "Deux navires ont coulé dans le port, selon un communiqué publié par la mairie de la ville.",
                "mairie de la ville", "Deux navires ont coulé dans le port"},
        WhoCase{"fr", "Le gouvernement a démenti que la digue ait cédé pendant la nuit de lundi à mardi.",
                "gouvernement", "la digue ait cédé pendant la nuit de lundi à mardi", SpeechAct::denies}));

INSTANTIATE_TEST_SUITE_P(
    German, Statements,
    ::testing::Values(
        WhoCase{"de", "Zwei Menschen wurden in der Nacht verletzt, teilte die Polizei am Freitag in Köln mit.",
                "Polizei", "Zwei Menschen wurden in der Nacht verletzt"},
        WhoCase{"de", "Das Ministerium sagte weitere Hilfe für die Häfen an der Küste zu, wie am Abend bekannt wurde.",
                "Ministerium", "weitere Hilfe für die Häfen an der Küste zu, wie am Abend bekannt wurde",
                SpeechAct::promises},
        WhoCase{"de",
                "Die Polizei hat am Montag erklärt, dass der Hafen geschlossen bleibe. Die Arbeiten seien noch nicht "
                "beendet.",
                "Polizei", "Die Arbeiten seien noch nicht beendet"},
        WhoCase{"de", "Der Damm sei an zwei Stellen gebrochen, so die Sprecherin der Polizei, Anna Muster.",
                "Anna Muster", "Der Damm sei an zwei Stellen gebrochen"}));

INSTANTIATE_TEST_SUITE_P(
    English, Statements,
    ::testing::Values(WhoCase{"en", "Harbour spokeswoman Jane Doe said the quays would reopen once the ice has gone.",
                              "Jane Doe", "the quays would reopen once the ice has gone"},
                      WhoCase{"en",
                              "The mayor of the town called for an independent inquiry into the fire at the warehouse.",
                              "mayor of the town", "an independent inquiry into the fire at the warehouse",
                              SpeechAct::demands},
                      WhoCase{"en", "“We had no warning at all,” the mayor said. “Nobody came to help us that night.”",
                              "mayor", "Nobody came to help us that night."}));

INSTANTIATE_TEST_SUITE_P(
    Russian, Statements,
    ::testing::Values(WhoCase{"ru", "«Мы ждём ответа от города», — сказал в понедельник журналистам мэр Иван Петров.",
                              "Иван Петров", "Мы ждём ответа от города"},
                      WhoCase{"ru", "Министр сказал, что порт закрыт на ремонт. По его словам, работы идут по плану.",
                              "Министр", "работы идут по плану"}));

TEST(Statement, comes_by_way_of_who_cites_it) {
  const auto found =
      told("fr", "L'agence du port a annoncé, citant l'ambassade norvégienne, que deux marins avaient été blessés.");
  ASSERT_EQ(found.statements().size(), 1u);
  EXPECT_EQ(found.words(found.statements()[0].speaker), "ambassade norvégienne");
  ASSERT_EQ(found.statements()[0].via.size(), 1u);
  EXPECT_EQ(found.words(found.statements()[0].via[0].words), "agence du port");
}

TEST(Statement, tells_role_and_occasion) {
  const auto found = told("fr",
                          "« Nous attendons les secours », a indiqué mercredi la porte-parole de la mairie, Anne "
                          "Morel, lors de son briefing.");
  ASSERT_EQ(found.statements().size(), 1u);
  EXPECT_EQ(found.words(found.statements()[0].role), "porte-parole de la mairie");
  EXPECT_EQ(found.words(found.statements()[0].occasion), "lors de son briefing");
  EXPECT_EQ(found.words(found.statements()[0].time), "mercredi");
}

TEST(Statement, is_not_made_by_a_thing_on_which_something_depends) {
  EXPECT_TRUE(told("fr", "Le prix des places varie, selon le secteur, de dix à trente euros pour la saison.")
                  .statements()
                  .empty());
}

TEST(Statement, of_a_person_is_not_given_to_a_body) {
  const auto found =
      told("en", "The port authority closed the quays on Monday after the storm. He said that nobody had been hurt.");
  for (const Statement& statement : found.statements()) EXPECT_NE(found.words(statement.speaker), "port authority");
}

}  // namespace
}  // namespace depesche::facts
