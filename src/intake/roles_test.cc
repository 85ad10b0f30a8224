#include "intake/roles.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>

#include "intake/look.h"
#include "intake/repeats.h"
#include "intake/test_support.h"

namespace depesche::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A text with what its lines are, one letter each: t title, u subtitle, h subheading, b body, r repeat, d dateline, y
/// byline, c caption, x machinery.
struct RolesCase {
  std::string name;
  std::string text;
  std::string roles;

  friend std::ostream& operator<<(std::ostream& out, const RolesCase& one) { return out << one.name; }
};

std::string letters_of(const Article& article) {
  std::string letters;
  for (const auto& block : article.blocks) letters += "tuhydbcrx"[static_cast<std::size_t>(block.role)];
  return letters;
}

class Roles : public ::testing::TestWithParam<RolesCase> {};

TEST_P(Roles, are_those_of_a_careful_reader) {
  const auto article = testing::article_in("a.txt", GetParam().text);
  std::ostringstream shown;
  for (const auto& block : article.blocks) {
    shown << name_of(block.role) << " | " << article.words_at(block.span) << " | " << block.because << "\n";
  }
  EXPECT_EQ(letters_of(article), GetParam().roles) << shown.str();
}

std::string name_of_case(const ::testing::TestParamInfo<RolesCase>& info) { return info.param.name; }

constexpr auto english_body =
    "The ferry to Northholm ran aground on a sandbank on Tuesday evening with sixty passengers on board, the coast "
    "guard said.\n"
    "Nobody was hurt, and the passengers were brought ashore in lifeboats before midnight.\n";
constexpr auto german_body =
    "Die Fähre nach Nordholm ist am Dienstagabend mit sechzig Fahrgästen auf eine Sandbank gelaufen, teilte die "
    "Küstenwache mit.\n"
    "Verletzt wurde niemand, die Fahrgäste wurden noch vor Mitternacht mit Rettungsbooten an Land gebracht.\n";
constexpr auto french_body =
    "Le bac de Nordholm s'est échoué mardi soir sur un banc de sable avec soixante passagers à bord, selon les "
    "garde-côtes.\n"
    "Personne n'a été blessé, et les passagers ont été ramenés à terre avant minuit par des canots de sauvetage.\n";
constexpr auto russian_body =
    "Паром до Нордхольма сел на мель во вторник вечером с шестьюдесятью пассажирами на борту, сообщила береговая "
    "охрана.\n"
    "Никто не пострадал, и пассажиров до полуночи доставили на берег на спасательных шлюпках.\n";
constexpr auto spanish_body =
    "El transbordador de Nordholm encalló el martes por la noche en un banco de arena con sesenta pasajeros, según la "
    "guardia costera.\n"
    "Nadie resultó herido y los pasajeros fueron llevados a tierra en botes salvavidas antes de la medianoche.\n";

INSTANTIATE_TEST_SUITE_P(
    Headlines, Roles,
    ::testing::Values(
        RolesCase{"english", std::string("Northholm ferry runs aground\n\n") + english_body, "tbb"},
        RolesCase{"german_with_a_question",
                  std::string("Warum lief die Fähre nach Nordholm auf die Sandbank?\n") + german_body, "tbb"},
        RolesCase{"french_below_the_site",
                  std::string("Le Phare | Toute la côte en direct\n\nNordholm : le bac échoué\n") + french_body,
                  "xtbb"},
        RolesCase{"russian", std::string("Паром сел на мель у Нордхольма\n") + russian_body, "tbb"},
        RolesCase{"spanish_three_times",
                  std::string("Encalla el transbordador de Nordholm\n\nEncalla el transbordador de Nordholm\nENCALLA "
                              "EL TRANSBORDADOR DE NORDHOLM\n") +
                      spanish_body,
                  "trrbb"},
        RolesCase{"again_without_its_site",
                  std::string("Ferry runs aground — Reuters\nFerry runs aground\n") + english_body, "trbb"},
        RolesCase{"none_printed", english_body, "bb"},
        RolesCase{
            "subtitle",
            std::string("Ferry runs aground\n\nSixty passengers brought ashore before midnight\n\n") + english_body,
            "tubb"},
        RolesCase{"section_above_and_author_below",
                  std::string("Vermischtes\n\nFähre nach Nordholm auf Sandbank\n\nRessort Inland\n\n") + german_body,
                  "xtxbb"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Inside, Roles,
    ::testing::Values(
        RolesCase{"subheading",
                  std::string(english_body) + "\nA falling tide\n\n" +
                      "The tide had fallen faster than the pilot expected, the harbour master said.\n",
                  "bbhb"},
        RolesCase{"quoted_subheading",
                  std::string(french_body) + "« Un banc que tout le monde connaît »\n" +
                      "Le banc de sable figure sur toutes les cartes depuis un siècle, a rappelé le capitaine.\n",
                  "bbhb"},
        RolesCase{"a_list_is_no_row_of_subheadings",
                  std::string(german_body) + "zwölf Kinder\ndrei Hunde\nein Klavier\nvier Räder\n" +
                      "Alles wurde am Morgen geborgen, wie der Hafenmeister auf Anfrage mitteilte.\n",
                  "bbbbbbb"},
        RolesCase{"announced_line_is_body",
                  std::string(english_body) + "The pilot said:\n" +
                      "\"I have sailed here for thirty years and never touched the ground before that night.\"\n",
                  "bbbb"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Tails, Roles,
    ::testing::Values(
        RolesCase{"short_lines_behind_the_text", std::string(russian_body) + "Нордхольм\nВсе новости побережья\n",
                  "bbxx"},
        RolesCase{"last_short_sentence_stays", std::string(german_body) + "Die Fähre schwimmt wieder.\nNordholm\n",
                  "bbbx"},
        RolesCase{"question_of_another_article",
                  std::string(english_body) + "Coast\nWill the bridge to the southern island ever be built at all?\n",
                  "bbxx"},
        RolesCase{"cut_last_sentence_stays",
                  std::string(english_body) +
                      "The owner of the ferry promised that all passengers would be given back the price of their\n",
                  "bbb"},
        RolesCase{"only_symbols", std::string(french_body) + "***\n12345\n", "bbxx"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Repeats, Roles,
    ::testing::Values(
        RolesCase{"body_twice", std::string(english_body) + english_body, "bbrr"},
        RolesCase{"second_copy_starts_mid_way",
                  std::string(german_body) +
                      "Die Fähre soll am Donnerstag wieder fahren, sagte der Hafenmeister am Morgen.\n" +
                      "Verletzt wurde niemand, die Fahrgäste wurden noch vor Mitternacht mit Rettungsbooten an Land "
                      "gebracht.\n" +
                      "Die Fähre soll am Donnerstag wieder fahren, sagte der Hafenmeister am Morgen.\n",
                  "bbbrr"},
        RolesCase{"copy_with_its_end_cut",
                  std::string(english_body) + "The ferry to Northholm ran aground on a sandbank on Tuesday evening "
                                              "with sixty passengers on board, the coast\n",
                  "bbr"},
        RolesCase{"alike_but_not_the_same",
                  std::string(english_body) + "The ferry to Northholm ran aground on a sandbank on Friday morning with "
                                              "ninety passengers on board, the owner said.\n",
                  "bbb"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Datelines, Roles,
    ::testing::Values(
        RolesCase{"at_the_end", std::string(german_body) + "Nordholm, 4. Dezember 2024 (AFP) –\n", "bbd"},
        RolesCase{"before_the_text", std::string("PARIS, 3 mars (AFP)\n") + french_body, "dbb"},
        RolesCase{"agency_alone", std::string(english_body) + "(Reuters)\nNorthholm\n", "bbdx"},
        RolesCase{"two_agencies", std::string(german_body) + "(dpa/AFP)\n", "bbd"},
        RolesCase{"in_a_paragraph_it_is_body", std::string("NORDHOLM, 3 mars (AFP) – ") + french_body, "bb"},
        RolesCase{"agency_in_a_sentence", std::string(english_body) + "Reuters was there first.\n", "bbb"}),
    name_of_case);

TEST(Stamp, is_cut_off_and_dates_the_article) {
  const auto article = testing::article_in("a.txt", std::string(" date 2024-11 ") + english_body);
  ASSERT_FALSE(article.blocks.empty());
  EXPECT_EQ(article.blocks[0].role, Role::body);
  EXPECT_TRUE(article.words_at(article.blocks[0].content()).starts_with("The ferry"));
  ASSERT_EQ(article.given_dates.size(), 1u);
  EXPECT_EQ(iso(article.given_dates[0].date), "2024-11");
  EXPECT_EQ(article.given_dates[0].where, "crawler's stamp, line 1");
}

TEST(Stamp, alone_on_its_line_is_machinery) {
  const auto article = testing::article_in("a.txt", std::string("date 2024-11-27\n") + english_body);
  EXPECT_EQ(letters_of(article), "xbb");
  ASSERT_EQ(article.given_dates.size(), 1u);
}

TEST(Title, loses_the_name_of_its_site) {
  for (const auto& [printed, title] : std::vector<std::pair<std::string, std::string>>{
           {"Northholm ferry runs aground — Reuters", "Northholm ferry runs aground"},
           {"Northholm ferry runs aground | Coast Today", "Northholm ferry runs aground"},
           {"Northholm ferry runs aground – what we know", "Northholm ferry runs aground – what we know"},
           {"Northholm ferry - sixty brought ashore - Reuters", "Northholm ferry - sixty brought ashore"}}) {
    const auto article = testing::article_in("a.txt", printed + "\n" + english_body);
    EXPECT_EQ(article.title, title);
    EXPECT_THAT(testing::blocks_with(article, Role::title), ElementsAre(title));
  }
}

TEST(Title, of_the_source_is_found_where_it_is_printed) {
  const auto article = testing::article_in(
      "a.jsonl",
      R"({"title": "Northholm Ferry Aground", "text": "NORTHHOLM FERRY AGROUND\nThe ferry to Northholm ran aground on a sandbank on Tuesday evening.\nNorthholm ferry aground"})");
  EXPECT_EQ(article.title, "Northholm Ferry Aground");
  EXPECT_EQ(letters_of(article), "tbr");
}

TEST(Roles, of_a_text_without_prose_are_left_alone) {
  const auto article = testing::article_in("a.txt", "Sturm über Nordholm\nFähre steht\n");
  EXPECT_EQ(letters_of(article), "bb");
  EXPECT_EQ(article.title, "");
}

TEST(Roles, take_linear_time_for_ten_thousand_copies_of_a_paragraph) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += english_body;
  const auto before = std::chrono::steady_clock::now();
  const auto article = testing::article_in("a.txt", text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  EXPECT_EQ(testing::blocks_with(article, Role::body).size(), 2u);
  EXPECT_EQ(testing::blocks_with(article, Role::repeat).size(), 19'998u);
  EXPECT_LT(took.count(), 30.0);  // quadratic it would be hours
}

TEST(Repeats, need_one_earlier_text) {
  const std::vector<std::string_view> texts = {
      "one two three four five six seven eight nine ten",
      "red green blue white black grey pink brown gold silver",
      "one two three four five six seven eight nine ten",
      "one two three four five six red green blue white black grey",
      "",
      "two three four five six seven eight nine",
      "",
  };
  const auto repeats = find_repeats(texts);
  EXPECT_EQ(repeats[2], 0u);
  EXPECT_FALSE(repeats[3]);
  EXPECT_EQ(repeats[5], 0u);
  EXPECT_FALSE(repeats[6]);
}

TEST(Repeats, cost_no_more_behind_a_text_that_joins_many) {
  constexpr int joined = 150'000;
  constexpr int further = 60'000;
  const auto line = [](int i) { return fmt::format("a{0} b{0} c{0} d{0} e{0} f{0} g{0} h{0} i{0}", i); };
  std::vector<std::string> lines;
  std::string all;
  for (int i = 0; i < joined + further; ++i) lines.push_back(line(i));
  for (int i = 0; i < joined; ++i) all += lines[static_cast<std::size_t>(i)] + " ";
  const auto seconds_with_it_at = [&](int at) {
    std::vector<std::string_view> texts(lines.begin(), lines.end());
    texts.insert(texts.begin() + at, all);
    const auto before = std::chrono::steady_clock::now();
    const auto repeats = find_repeats(texts);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    EXPECT_EQ(std::count(repeats.begin(), repeats.end(), std::nullopt), joined + further + 1);
    return took.count();
  };
  const auto behind_all = seconds_with_it_at(joined + further);
  EXPECT_LT(seconds_with_it_at(joined), 2 * behind_all);
}

struct LookCase {
  std::string line;
  std::uint32_t words;
  std::uint32_t sentences;
  bool ends_sentence;

  friend std::ostream& operator<<(std::ostream& out, const LookCase& one) { return out << one.line; }
};
class Looks : public ::testing::TestWithParam<LookCase> {};

TEST_P(Looks, are_counted) {
  const auto look = look_at(GetParam().line);
  EXPECT_EQ(look.words, GetParam().words) << GetParam().line;
  EXPECT_EQ(look.sentences, GetParam().sentences) << GetParam().line;
  EXPECT_EQ(look.ends_sentence, GetParam().ends_sentence) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(Lines, Looks,
                         ::testing::Values(LookCase{"It rained. It stopped.", 4, 2, true},
                                           LookCase{"Am 4. Dezember um 10.30 Uhr in Genf", 9, 0, false},
                                           LookCase{"« Nous partons. »", 2, 1, true},
                                           LookCase{"Er ging. (dpa)", 3, 1, true},
                                           LookCase{"L’État-major", 2, 0, false},
                                           LookCase{"船が座礁した。", 3, 1, true},
                                           LookCase{"Мы не уйдём?», — спросил он", 5, 0, false},
                                           LookCase{"„Wer war das?“", 3, 1, true}, LookCase{"", 0, 0, false}));

TEST(Damage, is_told_and_not_mended) {
  const auto article = testing::article_in(
      "a.txt", "The f\xEF\xBF\xBDrry ran aground\x01 on a sandbank on Tuesday evening, the coast guard said.");
  ASSERT_EQ(article.repairs.size(), 2u);
  EXPECT_EQ(article.words_at(article.repairs[0].span), "\uFFFD");
  EXPECT_EQ(article.repairs[0].what, "1 character lost before it was read (U+FFFD)");
  EXPECT_EQ(article.repairs[1].what, "1 control character");
}

}  // namespace
}  // namespace depesche::intake
