#include "views/views.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/unicode.h"
#include "support.h"
#include "views/paper.h"

namespace depesche::views {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Picture picture_of(const std::vector<std::string>& texts) {
  intake::Pile pile;
  for (const auto& text : texts) pile.articles.push_back(article_of(text, std::to_string(pile.articles.size())));
  return Engine(knowledge(), {}).understand(std::move(pile));
}

TEST(Brief, says_that_nothing_was_read) { EXPECT_EQ(brief(picture_of({}), {}), "0 articles\n"); }

TEST(Brief, fits_the_terminal_and_never_lets_an_article_command_it) {
  const auto picture =
      picture_of({"\"Nous \x1b[31mreconstruirons toutes les maisons du quartier\", a déclaré mardi la maire de la "
                  "ville, Anne Morel.\n"
                  "Les soldats ont évacué quatre cents personnes en barque avant que le pont ne cède à midi."});
  for (const int width : {40, 60, 72, 100, 140}) {
    const auto shown = brief(picture, {{width, false}, true});
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    std::istringstream lines(shown);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(terminal_width(line), width) << line;
  }
  EXPECT_NE(brief(picture, {{100, true}, false}).find("\x1b[1m"), std::string::npos);
}

TEST(Diff, marks_the_words_that_only_one_has) {
  const auto picture = picture_of(
      {"The river broke its banks at dawn on Tuesday and flooded the lower quarter of the town, the mayor said.",
       "The river broke its banks at dawn on Tuesday and flooded the lower part of the town, the mayor said."});
  const auto bodies = copies::bodies_of(picture.pile.articles, picture.texts, testing::knowledge());
  const auto alignment = copies::align(bodies[0], bodies[1]);
  const auto shown = diff(picture.pile.articles[0], picture.pile.articles[1], alignment,
                          copies::shared_passages(bodies[0], bodies[1], alignment), {200, false});
  EXPECT_NE(shown.find("[quarter]"), std::string::npos) << shown;
  EXPECT_NE(shown.find("[part]"), std::string::npos) << shown;
}

RC_GTEST_PROP(Paper, never_writes_beyond_the_width, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Wort", " ", "東京", "é", "lang", "  ", "e\u0301"));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  const auto cut = shortened(text, 17);
  RC_ASSERT(terminal_width(cut) <= 17);
  RC_ASSERT(is_valid_utf8(cut));
  RC_ASSERT(terminal_width(padded(cut, 20)) == 20);
}

TEST(Brief, lets_no_dateline_command_the_terminal) {
  const auto shown = brief(picture_of({"HAM\x1b"
                                       "cBURG, 5 March 2026 (Reuters) - A warehouse in the free port burned to the "
                                       "ground on Thursday, the fire service said."}),
                           {});
  EXPECT_EQ(shown.find('\x1b'), std::string::npos) << shown;
}

TEST(Picture, takes_the_last_year_there_is) {
  auto picture = picture_of({"A warehouse in the free port burned to the ground on Thursday, the fire service said."});
  picture.pile.articles[0].given_dates.push_back({*parse_iso("9999-12"), "field date"});
  EXPECT_NE(picture_json(picture, knowledge()).find("9999-12-31"), std::string::npos);
}

TEST(CsvCell, is_quoted_where_it_needs_to_be) {
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("a b'c"), "a b'c");
  for (const auto* text : {"a,b", "a\nb", "a\rb"}) EXPECT_EQ(csv_cell(text), '"' + std::string(text) + '"');
  EXPECT_EQ(csv_cell(R"(so "far")"), R"("so ""far""")");
}

TEST(Paper, breaks_long_lines_without_going_deep) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "wort ";
  Paper paper({40, false});
  paper.line(text, 3);
  const auto written = paper.take();
  EXPECT_GT(std::count(written.begin(), written.end(), '\n'), 10'000);
}

}  // namespace
}  // namespace depesche::views
