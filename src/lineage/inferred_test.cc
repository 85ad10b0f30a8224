#include "lineage/inferred.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "copies/meanings.h"
#include "support.h"

namespace depesche::lineage {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Article article_on(const char* day, const char* id, std::string words) {
  auto article = article_of(std::move(words), id);
  article.declared_language = Language("en");
  if (day != nullptr) article.given_dates.push_back({*parse_iso(day), "test"});
  return article;
}

std::vector<Written> written_of(const std::vector<Article>& articles) {
  const auto texts = text::annotate(articles, knowledge());
  const auto bodies = copies::bodies_of(articles, texts, knowledge());
  const auto facts = facts::extract(articles, texts, knowledge());
  return trace(articles, texts, bodies, copies::match_all(bodies), facts, knowledge()).written;
}

// 27 November 2024 is a Wednesday.
const Article dated =
    article_on("2024-12-04", "dated",
               "The mayor of Paris met the harbour masters again.\n\n"
               "Armed rebels launched a surprise offensive on the northern suburbs of Paris on 27 November and seized the "
               "airport, the television tower and two bridges.\n");
const char* undated =
    "The government said on Saturday that talks would be held in London.\n\n"
    "The rebels launched an offensive on the northern suburbs of Paris on Wednesday, and the airport and the television "
    "tower were seized.\n";

TEST(InferredDates, take_the_day_of_the_news_among_those_that_another_article_leaves) {
  const auto written = written_of({dated, article_on(nullptr, "undated", undated)})[1];
  ASSERT_TRUE(written.date);
  EXPECT_EQ(iso(*written.date), "2024-11-30");
  EXPECT_EQ(iso(*written.earliest), "2024-11-27");
  EXPECT_EQ(iso(*written.latest), "2024-12-03");
  EXPECT_EQ(written.basis, "inferred");
  EXPECT_EQ(written.because, "\"Wednesday\" is the 2024-11-27 of dated; news of \"Saturday\"");
}

TEST(InferredDates, stay_within_the_month_that_is_given) {
  const auto written = written_of({dated, article_on("2024-12", "undated", undated)})[1];
  ASSERT_TRUE(written.date);
  EXPECT_EQ(written.date->precision, Precision::month) << "no Saturday is left in December";
  EXPECT_EQ(iso(*written.earliest), "2024-12-01");
}

TEST(InferredDates, leave_open_what_no_other_article_tells) {
  const auto other = article_on(nullptr, "undated", "The trains of Lyon stood still on Wednesday, the union said.\n");
  EXPECT_FALSE(written_of({dated, other})[1].date);
  EXPECT_FALSE(written_of({dated, other})[1].earliest);
}

}  // namespace
}  // namespace depesche::lineage
