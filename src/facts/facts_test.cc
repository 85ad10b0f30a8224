#include "facts/facts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/credits.h"
#include "facts/times.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

struct Extracted {
  std::vector<Article> articles;
  Facts facts;
  const ArticleFacts& first() const { return facts.articles[0]; }
};

Extracted extracted(const std::vector<std::string>& texts) {
  Extracted out;
  std::vector<text::Text> annotated;
  for (const auto& text : texts) out.articles.push_back(article_of(text, std::to_string(out.articles.size())));
  for (const auto& article : out.articles) annotated.push_back(text::annotate(article, knowledge()));
  out.facts = extract(out.articles, annotated, knowledge());
  return out;
}

// -- dates

struct DateCase {
  const char* language;
  const char* words;
  const char* value;
  bool has_year = true;
};
class ReadsDates : public ::testing::TestWithParam<DateCase> {};
TEST_P(ReadsDates, written_out) {
  const DatePatterns dates(knowledge());
  const auto time = dates.match_at(GetParam().words, 0, Language(GetParam().language));
  ASSERT_TRUE(time) << GetParam().words;
  EXPECT_EQ(time->has_year, GetParam().has_year) << GetParam().words;
  EXPECT_EQ(iso(time->value), GetParam().value) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(Languages, ReadsDates,
                         ::testing::Values(DateCase{"fr", "27 novembre 2024", "2024-11-27"},
                                           DateCase{"fr", "1er décembre 2024 ?", "2024-12-01"},
                                           DateCase{"de", "4. Dezember 2024 (AFP)", "2024-12-04"},
                                           DateCase{"de", "27. November eine", "0000-11-27", false},
                                           DateCase{"en", "March 5, 2025", "2025-03-05"},
                                           DateCase{"en", "5 March 2025", "2025-03-05"},
                                           DateCase{"en", "Dec. 4,", "0000-12-04", false},
                                           DateCase{"es", "12 de marzo de 2025", "2025-03-12"},
                                           DateCase{"ru", "4 декабря 2024 года", "2024-12-04"},
                                           DateCase{"und", "2025-03-12", "2025-03-12"},
                                           DateCase{"und", "12.03.2025", "2025-03-12"}));

TEST(Dates, that_do_not_exist_are_none) {
  const DatePatterns dates(knowledge());
  EXPECT_FALSE(dates.match_at("31. Februar 2024", 0, Language("de")));
  EXPECT_FALSE(dates.match_at("45 mars 2024", 0, Language("fr")));
  EXPECT_FALSE(dates.match_at("Marseille 2024", 0, Language("fr")));
}

// -- datelines

struct DatelineCase {
  const char* words;
  const char* place;
  const char* date;
  const char* agency;
};
class ReadsDatelines : public ::testing::TestWithParam<DatelineCase> {};
TEST_P(ReadsDatelines, as_print_writes_them) {
  const auto found = extracted({GetParam().words});
  const auto& dateline = found.first().dateline;
  ASSERT_TRUE(dateline) << GetParam().words;
  EXPECT_EQ(dateline->place ? std::string(found.articles[0].words_at(*dateline->place)) : "", GetParam().place)
      << GetParam().words;
  EXPECT_EQ(dateline->date ? iso(dateline->date->value) : "", GetParam().date) << GetParam().words;
  EXPECT_EQ(dateline->agency.value_or(""), GetParam().agency) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(
    Forms, ReadsDatelines,
    ::testing::Values(
        DatelineCase{
            "HAMBURG, March 5 (Reuters) - A warehouse in the free port burned on Thursday, the fire service said.",
            "HAMBURG", "0000-03-05", "Reuters"},
        DatelineCase{"(Reuters) - A warehouse in the free port burned on Thursday, the fire service said.", "", "",
                     "Reuters"},
        DatelineCase{"LONDON (AP) — A warehouse in the free port burned on Thursday, the fire service said.", "LONDON",
                     "", "AP"},
        DatelineCase{"Hamburg (dpa) - Im Freihafen ist am Donnerstag eine Halle abgebrannt, teilte die Feuerwehr mit.",
                     "Hamburg", "", "dpa"},
        DatelineCase{"HAMBURG, 5. März 2026 (dpa) – Im Freihafen ist am Donnerstag eine Halle abgebrannt.", "HAMBURG",
                     "2026-03-05", "dpa"},
        DatelineCase{
            "LYON, 12 mars 2025 (AFP) - Un entrepôt du port a brûlé jeudi, ont annoncé les pompiers de la ville.",
            "LYON", "2025-03-12", "AFP"},
        DatelineCase{
            "Madrid, 12 mar (EFE).- Un almacén del puerto ardió el jueves, informaron los bomberos de la ciudad.",
            "Madrid", "0000-03-12", "EFE"},
        DatelineCase{"МОСКВА, 4 дек — РИА Новости. Склад в порту сгорел в четверг, сообщили в пожарной службе города.",
                     "МОСКВА", "0000-12-04", "RIA Novosti"},
        DatelineCase{"МОСКВА, 4 ноя /ТАСС/. Склад в порту сгорел в четверг, сообщили в пожарной службе города.",
                     "МОСКВА", "0000-11-04", "TASS"},
        DatelineCase{"(ANSA) - ROMA, 12 MAG - Un magazzino del porto è bruciato giovedì, dicono i vigili del fuoco.",
                     "ROMA", "0000-05-12", "ANSA"},
        DatelineCase{"WASHINGTON/MOSCOW (Reuters) - The talks on the harbour were put off on Thursday, officials said.",
                     "WASHINGTON", "", "Reuters"},
        DatelineCase{"BEIJING (AP) \uFFFD A warehouse in the free port burned on Thursday, the fire service said.",
                     "BEIJING", "", "AP"},
        DatelineCase{
            "LONDON | Fri Mar 5, 2021 7:22 pm GMT LONDON (Reuters) - A warehouse burned on Friday, police said.",
            "LONDON", "2021-03-05", "Reuters"},
        DatelineCase{"HARBOUR COUNTY, Germany (XYZA) -- A warehouse burned on Thursday, the fire service said.",
                     "HARBOUR COUNTY", "", ""},
        DatelineCase{"القاهرة – أ ش أ: احترق مستودع في الميناء يوم الخميس كما قال رجال الإطفاء.", "القاهرة", "",
                     "MENA"},
        DatelineCase{"Ahmet YILMAZ/ANKARA, (DHA) - Limandaki bir depo perşembe günü yandı, itfaiye bildirdi.", "ANKARA",
                     "", "DHA"},
        DatelineCase{"Luanda - O presidente visitou na sexta-feira o porto da cidade e falou com os trabalhadores do "
                     "estaleiro.",
                     "Luanda", "", ""}));

TEST(Dateline, is_not_made_of_an_ordinary_beginning) {
  for (const char* words :
       {"Le ministre, mardi, – comme la veille – a refusé de répondre aux questions des journalistes.",
        "Paris, Lyon et Marseille - les trois plus grandes villes - ont voté dimanche pour la gauche.",
        "Der Bürgermeister - seit 2019 im Amt - trat am Montag zurück, wie die Stadt mitteilte.",
        "Reuters – die Agentur, die zuerst berichtete – wollte sich nicht äußern, hieß es am Montag.",
        "ANNA DOE, CNN ANCHOR: The talks on the harbour were put off, and nobody knows until when.",
        "REPORTAGE - Les habitants du port attendent depuis trois jours que la digue soit réparée par la ville.",
        "(Jane Doe, March 5, Reuters)", "Politics / January 11, 2024",
        "Berlin – Hauptstadt des Landes und seine größte Stadt – wählt am Sonntag ein neues Parlament, wie jedes Mal.",
        "Aus Berlin berichtet unsere Korrespondentin, dass der Hafen bis Sonntag geschlossen bleibt."}) {
    EXPECT_FALSE(extracted({words}).first().dateline) << words;
  }
}

TEST(Dateline, names_all_its_agencies_as_credits) {
  const auto found =
      extracted({"Berlin (dpa/AFP) - Im Westhafen ist am Donnerstag eine Halle abgebrannt, teilte die Feuerwehr mit."});
  ASSERT_EQ(found.first().credits.size(), 2u);
  EXPECT_EQ(found.first().credits[0].agency, "dpa");
  EXPECT_EQ(found.first().credits[1].agency, "AFP");
}

TEST(Dateline, stands_behind_a_teaser_only_with_its_agency) {
  EXPECT_TRUE(extracted({"A fire in the free port.\nHAMBURG (AP) — A warehouse burned on Thursday, firemen said."})
                  .first()
                  .dateline);
  EXPECT_FALSE(extracted({"A fire in the free port.\nHAMBURG — A warehouse burned on Thursday, firemen said."})
                   .first()
                   .dateline);
}

struct CreditCase {
  const char* line;
  CreditPlace place;
  const char* agencies;
};
class ReadsCredits : public ::testing::TestWithParam<CreditCase> {};
TEST_P(ReadsCredits, where_the_whole_line_is_one) {
  const OriginTools tools(knowledge());
  std::string agencies;
  for (const auto& found : read_credit(GetParam().line, tools, GetParam().place))
    agencies += (agencies.empty() ? "" : " ") + found.agency->name;
  EXPECT_EQ(agencies, GetParam().agencies) << GetParam().line;
}
INSTANTIATE_TEST_SUITE_P(
    Lines, ReadsCredits,
    ::testing::Values(
        CreditCase{"AFP | Paris", CreditPlace::before_text, "AFP"},
        CreditCase{"AFP | Paris", CreditPlace::behind_text, ""},
        CreditCase{"© 2024 AFP", CreditPlace::behind_text, "AFP"}, CreditCase{"© AFP", CreditPlace::before_text, ""},
        CreditCase{"© dpa-infocom, dpa:241204-99-123456/3", CreditPlace::behind_text, "dpa dpa"},
        CreditCase{"Jane Doe, AP", CreditPlace::byline, "AP"}, CreditCase{"Jane Doe, AP", CreditPlace::before_text, ""},
        CreditCase{"— Reuters", CreditPlace::behind_text, "Reuters"},
        CreditCase{"(AA)", CreditPlace::behind_text, "Anadolu"}, CreditCase{"AA", CreditPlace::behind_text, ""},
        CreditCase{"Mehr von Anna Muster", CreditPlace::behind_text, ""},
        CreditCase{"By Wafa Mansour", CreditPlace::byline, ""},
        CreditCase{"Foto: Anna Muster/dpa", CreditPlace::byline, ""},
        CreditCase{"Reuters photographer hurt in Gaza", CreditPlace::before_text, ""},
        CreditCase{"Mit Material von dpa", CreditPlace::elsewhere, "dpa"},
        CreditCase{"Anna Muster/AFP", CreditPlace::elsewhere, ""}, CreditCase{"© AFP", CreditPlace::elsewhere, ""},
        CreditCase{"", CreditPlace::behind_text, ""}));

TEST(Credit, stands_in_brackets_behind_the_last_words) {
  const auto found =
      extracted({"Im Freihafen ist am Donnerstag eine Halle abgebrannt, teilte die Feuerwehr mit. (dpa)"});
  ASSERT_EQ(found.first().credits.size(), 1u);
  EXPECT_EQ(found.first().credits[0].agency, "dpa");
}

TEST(Credit, stands_in_a_short_sentence_behind_the_last_words) {
  for (const char* end : {"dpa", "— dpa", "Quelle: dpa", "(Mit Material von dpa)", "Mit Material von dpa."}) {
    const auto found = extracted(
        {std::string("Im Freihafen ist am Donnerstag eine Halle abgebrannt, teilte die Feuerwehr mit. ") + end});
    ASSERT_EQ(found.first().credits.size(), 1u) << end;
    EXPECT_EQ(found.first().credits[0].agency, "dpa") << end;
  }
  EXPECT_TRUE(extracted({"Die Halle ist am Donnerstag abgebrannt. Die Feuerwehr sprach mit der dpa nicht."})
                  .first()
                  .credits.empty());
}

// -- statements

struct StatementCase {
  const char* words;
  const char* speaker;
  const char* content;
  StatementKind kind;
};
class FindsSpeakers : public ::testing::TestWithParam<StatementCase> {};
TEST_P(FindsSpeakers, near_the_cue) {
  const auto found = extracted({GetParam().words});
  const auto& statements = found.first().statements;
  ASSERT_EQ(statements.size(), 1u) << GetParam().words;
  EXPECT_EQ(found.articles[0].words_at(statements[0].speaker), GetParam().speaker) << GetParam().words;
  EXPECT_EQ(found.articles[0].words_at(statements[0].content[0]), GetParam().content) << GetParam().words;
  EXPECT_EQ(name_of(statements[0].kind), name_of(GetParam().kind)) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(
    Languages, FindsSpeakers,
    ::testing::Values(
        StatementCase{"\"Nous reconstruirons toutes les maisons du quartier\", a déclaré mardi la porte-parole du "
                      "gouvernement, Anne Morel, lors d'un point de presse.",
                      "Anne Morel", "Nous reconstruirons toutes les maisons du quartier", StatementKind::direct},
        StatementCase{"Le ministère de l'Intérieur a indiqué mercredi que la digue avait cédé dans la nuit sous la "
                      "pression des eaux.",
                      "ministère de l'Intérieur", "la digue avait cédé dans la nuit sous la pression des eaux",
                      StatementKind::indirect},
        StatementCase{
            "Selon la police, quatre cents personnes ont quitté le quartier pendant la nuit de lundi à mardi.",
            "police", "quatre cents personnes ont quitté le quartier pendant la nuit de lundi à mardi",
            StatementKind::indirect},
        StatementCase{"„Wir werden jedes Haus im Viertel wieder aufbauen“, sagte die Bürgermeisterin Erika Brandt am "
                      "Dienstag vor Journalisten.",
                      "Erika Brandt", "Wir werden jedes Haus im Viertel wieder aufbauen", StatementKind::direct},
        StatementCase{
            "Nach Angaben der Polizei haben vierhundert Menschen das Viertel in der Nacht zum Dienstag verlassen.",
            "Polizei", "haben vierhundert Menschen das Viertel in der Nacht zum Dienstag verlassen",
            StatementKind::indirect},
        StatementCase{
            "“We will rebuild every house in the quarter,” Mayor Erika Brandt told reporters on Tuesday evening.",
            "Erika Brandt", "We will rebuild every house in the quarter,", StatementKind::direct},
        StatementCase{"According to the police, four hundred people left the quarter in the night to Tuesday.",
                      "police", "four hundred people left the quarter in the night to Tuesday",
                      StatementKind::indirect},
        StatementCase{"“Vamos a reconstruir todas las casas del barrio”, dijo el martes la alcaldesa Carmen Ortega a "
                      "los periodistas.",
                      "Carmen Ortega", "Vamos a reconstruir todas las casas del barrio", StatementKind::direct}));

TEST(Statement, of_a_pronoun_is_the_last_speakers) {
  const auto found = extracted(
      {"\"Nous reconstruirons toutes les maisons du quartier\", a déclaré mardi la maire de la ville, Anne Morel.\n"
       "\"Les travaux commenceront dès la semaine prochaine\", a-t-elle ajouté devant la presse."});
  ASSERT_EQ(found.first().statements.size(), 2u);
  EXPECT_TRUE(found.first().statements[1].is_by_reference);
  EXPECT_EQ(found.first().statements[0].actor, found.first().statements[1].actor);
}

TEST(Statement, is_not_made_of_scare_quotes) {
  EXPECT_TRUE(extracted({"Divers « rebelles » ont lancé une attaque contre le port pendant la nuit de lundi à mardi."})
                  .first()
                  .statements.empty());
}

TEST(Actors, are_one_for_surname_and_full_name_of_an_article) {
  const auto found =
      extracted({"Mayor Erika Brandt visited the quarter on Tuesday morning with engineers.\n"
                 "“We will rebuild every house in the quarter,” Brandt said at the bridge.\n"
                 "“We begin tomorrow with the school,” said Mayor Erika Brandt in the evening."});
  ASSERT_EQ(found.first().statements.size(), 2u);
  EXPECT_EQ(found.first().statements[0].actor, found.first().statements[1].actor);
  EXPECT_EQ(found.facts.actors[found.first().statements[0].actor].name, "Erika Brandt");
}

TEST(Statement, that_is_denied_is_not_asserted) {
  const auto found =
      extracted({"The company denied that any such warning had been received before the dam broke on Tuesday."});
  ASSERT_EQ(found.first().statements.size(), 1u);
  EXPECT_TRUE(found.first().statements[0].is_denied);
  EXPECT_FALSE(extracted({"The company said that a warning had been received before the dam broke."})
                   .first()
                   .statements[0]
                   .is_denied);
}

TEST(Statement, is_not_made_where_nothing_was_said) {
  EXPECT_TRUE(extracted({"Mayor Erika Brandt did not say that anyone had died when the dam broke on Tuesday."})
                  .first()
                  .statements.empty());
}

TEST(Statement, belongs_to_who_said_it_and_not_to_who_is_measured_by_it) {
  const auto found =
      extracted({"At least 23 people died when the dam burst on Monday, the river observatory said on Wednesday, nine "
                 "more than the government "
                 "has acknowledged."});
  ASSERT_EQ(found.first().statements.size(), 1u);
  EXPECT_EQ(found.articles[0].words_at(found.first().statements[0].speaker), "river observatory");
}

TEST(Statement, takes_the_speaker_with_initials_and_not_the_paper_he_spoke_to) {
  const auto found =
      extracted({"“We shall rebuild every single house in the quarter,” J. K. Petersen, chairman of the Valley "
                 "Committee, told the Harbour Post."});
  ASSERT_EQ(found.first().statements.size(), 1u);
  EXPECT_EQ(found.articles[0].words_at(found.first().statements[0].speaker), "J. K. Petersen");
}

TEST(Statement, costs_linear_time_in_lists_and_unclosed_quotations) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "“We had it under control,” said Petersen. ";
  EXPECT_EQ(extracted({text}).first().statements.size(), 20'000u);
  text.clear();
  for (int i = 0; i < 40'000; ++i) text += "« said Smith ";
  extracted({text});
}

TEST(Actors, stay_apart_where_a_surname_is_two_peoples) {
  const auto found =
      extracted({"Brigitte Macron visited the school. President Emmanuel Macron arrived later.\n“This school will be "
                 "open again before the summer,” Macron said."});
  ASSERT_EQ(found.first().statements.size(), 1u);
  EXPECT_EQ(found.facts.actors[found.first().statements[0].actor].name, "Macron");
}

TEST(Actors, do_not_make_an_agency_of_its_spokesman) {
  const auto found =
      extracted({"“We stand by every word of our report from the valley,” a spokesman for Reuters said on Tuesday."});
  ASSERT_EQ(found.first().statements.size(), 1u);
  EXPECT_NE(found.facts.actors[found.first().statements[0].actor].name, "Reuters");
}

}  // namespace
}  // namespace depesche::facts
