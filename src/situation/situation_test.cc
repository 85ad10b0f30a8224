#include "situation/situation.h"

#include "support.h"

namespace depesche::situation {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

const std::string rest =
    "Soldiers brought four hundred people out of their houses by boat before the bridge gave way at noon.\n"
    "A court in the capital had sent the engineers who signed the last report on the dam to prison.\n";
const std::string quote =
    "“We will rebuild every house that the water has taken from you,” Mayor Erika Brandt said on Tuesday.\n";

Situation weighed(const std::vector<std::string>& texts) {
  std::vector<Article> articles;
  for (const auto& text : texts) articles.push_back(article_of(text, std::to_string(articles.size())));
  const auto annotated = text::annotate(articles, knowledge());
  const auto bodies = copies::bodies_of(articles, annotated, testing::knowledge());
  const auto shared = copies::match(bodies);
  const auto facts = facts::extract(articles, annotated, knowledge());
  const auto lineage = lineage::trace(articles, annotated, bodies, shared, facts, knowledge());
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
       "Farmers in the valley stood before a harvest that had looked better than any of the past ten years.\n" + quote});
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

TEST(Ledger, does_not_make_one_statement_of_two_numbers) {
  const auto situation = weighed(
      {"“At the bridge 12 people were killed and 40 were hurt by the water,” Mayor Erika Brandt said on Tuesday.\n",
       "“At the bridge 21 people were killed and 40 were hurt by the water,” Mayor Erika Brandt said on Tuesday.\n"});
  EXPECT_EQ(situation.ledger.size(), 2u);
}

TEST(Ledger, does_not_make_one_statement_of_yes_and_no) {
  const auto situation =
      weighed({"“We know who opened the gates of the dam that night,” Mayor Erika Brandt said on Tuesday.\n",
               "“We do not know who opened the gates of the dam that night,” Mayor Erika Brandt said on Tuesday.\n"});
  EXPECT_EQ(situation.ledger.size(), 2u);
}

TEST(Ledger, does_not_give_one_persons_words_to_another) {
  const auto situation =
      weighed({"“We condemn this cowardly attack in the strongest possible terms,” President Anna Reimers said.\n",
               "“We condemn this cowardly attack in the strongest possible terms,” Chancellor Karl Brandt said.\n"});
  EXPECT_EQ(situation.ledger.size(), 2u);
}

TEST(Ledger, counts_what_an_outlet_adds_to_a_dispatch_as_its_own_report) {
  const std::string dispatch =
      "VALE, March 5 (Reuters) - A dam above the town broke at dawn on Tuesday and flooded the valley.\n" + rest;
  const auto situation = weighed(
      {dispatch, dispatch + "“The owner had been warned of the cracks two years ago,” engineer Jens Karlsen said.\n"});
  ASSERT_EQ(situation.ledger.size(), 1u);
  EXPECT_EQ(situation.ledger[0].lines.low, 1u);
  EXPECT_EQ(situation.ledger[0].lines.high, 1u);
  EXPECT_FALSE(situation.ledger[0].is_thinly_sourced());
}

/// Adding a printing that is equal to another never makes a statement look better sourced.
TEST(Ledger, does_not_count_a_further_copy) {
  const std::string dispatch =
      "VALE, March 5 (Reuters) - A dam above the town broke at dawn on Tuesday.\n" + quote + rest;
  const std::string composite =
      "Farmers in the valley stood before a harvest that had looked better than any of the past ten years.\n" +
      ("Prices at the wholesale market rose by a tenth within hours of the first reports.\n" + quote) + rest;
  std::vector<std::string> pile = {dispatch, composite};
  const auto before = weighed(pile).ledger[0].lines;
  for (const auto& copy : {dispatch, composite}) {
    pile.push_back(copy);
    const auto after = weighed(pile).ledger[0].lines;
    EXPECT_EQ(after.low, before.low);
    EXPECT_EQ(after.high, before.high);
  }
}

}  // namespace
}  // namespace depesche::situation
