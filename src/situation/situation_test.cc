#include "situation/situation.h"

#include "support.h"

namespace depesche::situation {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

const std::string rest =
    "Soldiers brought four hundred people out of their houses by boat before the bridge gave way at noon.\n"
    "A court in the capital had rejected an appeal by the engineers who signed the last report on the dam.\n";
const std::string quote =
    "“We will rebuild every house that the water has taken from you,” Mayor Erika Brandt said on Tuesday.\n";

Situation weighed(const std::vector<std::string>& texts) {
  std::vector<Article> articles;
  for (const auto& text : texts) articles.push_back(article_of(text, std::to_string(articles.size())));
  const auto annotated = text::annotate(articles, knowledge());
  const auto shared = copies::match(articles, annotated);
  const auto facts = facts::extract(articles, annotated, knowledge());
  const auto lineage = lineage::trace(articles, annotated, shared, facts, knowledge());
  return weigh(stories::place(articles, annotated, lineage), lineage, facts, articles, annotated);
}

TEST(Ledger, counts_ten_printings_of_one_text_as_one_line) {
  const std::string text =
      "VALE, March 5 (Reuters) - A dam above the town broke at dawn on Tuesday and flooded the valley.\n" + quote +
      rest;
  const auto situation = weighed(std::vector<std::string>(10, text));
  ASSERT_EQ(situation.ledger.size(), 1u);
  EXPECT_EQ(situation.ledger[0].articles.size(), 10u);
  EXPECT_EQ(situation.ledger[0].lines.low, 1u);
  EXPECT_EQ(situation.ledger[0].lines.high, 1u);
  EXPECT_TRUE(situation.ledger[0].is_thinly_sourced());
}

TEST(Ledger, counts_an_unstated_origin_as_none_or_one_line_more) {
  const auto situation = weighed(
      {"VALE, March 5 (Reuters) - A dam above the town broke at dawn on Tuesday.\n" + quote + rest,
       "Farmers in the valley feared for a harvest that had looked better than any of the past ten years.\n" + quote});
  ASSERT_EQ(situation.ledger.size(), 1u);
  EXPECT_EQ(situation.ledger[0].lines.low, 1u);
  EXPECT_EQ(situation.ledger[0].lines.high, 2u);
  EXPECT_FALSE(situation.ledger[0].is_thinly_sourced());
}

TEST(Ledger, keeps_two_statements_of_one_speaker_apart) {
  const auto situation = weighed(
      {quote + "“Nobody will be forced to leave the hill before the winter is over,” Mayor Erika Brandt said.\n"});
  EXPECT_EQ(situation.ledger.size(), 2u);
}

}  // namespace
}  // namespace depesche::situation
