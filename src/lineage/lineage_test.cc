#include "lineage/lineage.h"

#include <fmt/format.h>

#include <map>

#include "support.h"

namespace depesche::lineage {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

const std::string lede =
    "A dam above the town broke at dawn on Tuesday and sent water into the lower quarter, the mayor said.";
const std::string boats =
    "Soldiers brought four hundred people out of their houses by boat before the bridge gave way at noon.";
const std::string court =
    "A court in the capital had rejected an appeal by the engineers who signed the last report on the dam.";
const std::string roads =
    "The road to the coast stayed closed in both directions and trains stopped at the station before the valley.";
const std::string harvest =
    "Farmers in the valley feared for a harvest that had looked better than any of the past ten years.";
const std::string school =
    "In the school on the hill volunteers cooked soup for those who had arrived without coats or shoes.";
const std::string markets =
    "Prices at the wholesale market rose by a tenth within hours of the first reports from the valley.";

std::string text_of(std::initializer_list<std::string> blocks) {
  std::string text;
  for (const auto& block : blocks) text += block + "\n";
  return text;
}

struct Traced {
  std::vector<Article> articles;
  Lineage lineage;
};

Traced traced(const std::vector<std::string>& texts) {
  Traced out;
  for (const auto& text : texts)
    out.articles.push_back(article_of(text, out.articles.size() < 26
                                                ? std::string(1, static_cast<char>('a' + out.articles.size()))
                                                : fmt::format("z{}", out.articles.size())));
  const auto annotated = text::annotate(out.articles, knowledge());
  const auto bodies = copies::bodies_of(out.articles, annotated);
  const auto shared = copies::match(bodies);
  const auto facts = facts::extract(out.articles, annotated, knowledge());
  out.lineage = trace(out.articles, annotated, bodies, shared, facts, knowledge());
  return out;
}

/// "a:copy b:cut | c:copy"
std::string shape(const Traced& traced) {
  std::string out;
  for (const auto& dispatch : traced.lineage.dispatches) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < dispatch.members.size(); ++i) {
      out += (i > 0 ? " " : "") + traced.articles[dispatch.members[i].article].id + ":" +
             std::string(name_of(dispatch.members[i].relation));
    }
  }
  return out;
}

TEST(Trace, tells_copy_and_cut) {
  EXPECT_EQ(shape(traced(
                {text_of({lede, boats, court, roads}), text_of({lede, boats, court, roads}), text_of({lede, boats})})),
            "a:copy b:copy c:cut");
}

TEST(Trace, takes_the_agencys_text_for_the_base_of_a_longer_printing) {
  EXPECT_EQ(shape(traced({text_of({"VALE, March 5 (Reuters) - " + lede, boats, court}),
                          text_of({lede, boats, court, school, harvest})})),
            "a:copy b:extended");
}

TEST(Trace, makes_a_composite_part_of_each_dispatch_it_is_made_of) {
  const auto found = traced({text_of({lede, boats, court, roads}), text_of({harvest, school, markets, lede, boats})});
  EXPECT_EQ(shape(found), "a:copy b:part | b:part");
  EXPECT_NEAR(found.lineage.dispatches[0].members[1].share + found.lineage.dispatches[1].members[0].share, 1, 0.02);
}

TEST(Trace, keeps_apart_what_shares_only_background_at_the_end) {
  EXPECT_EQ(shape(traced({text_of({lede, boats, roads, court}), text_of({harvest, school, markets, court})})),
            "a:copy | b:copy");
}

TEST(Trace, keeps_apart_two_reports_of_one_speech) {
  const std::string speech =
      "\"We shall rebuild every house that the water took from you and we shall begin with the school tomorrow\", the "
      "mayor said.";
  EXPECT_EQ(shape(traced({text_of({lede, speech, boats, court}), text_of({harvest, roads, school, speech})})),
            "a:copy | b:copy");
}

TEST(Trace, does_not_chain_through_a_composite) {
  // b takes from a and from c; a and c share nothing and stay two dispatches.
  const auto found = traced({text_of({lede, boats, court, roads}), text_of({markets, lede, boats, harvest, school}),
                             text_of({harvest, school, roads})});
  for (const auto& dispatch : found.lineage.dispatches) {
    bool has_a = false;
    bool has_c = false;
    for (const auto& member : dispatch.members) {
      has_a |= member.article == 0;
      has_c |= member.article == 2;
    }
    EXPECT_FALSE(has_a && has_c);
  }
}

TEST(Written, comes_from_the_dateline_and_is_lent_to_copies) {
  const auto found =
      traced({text_of({"VALE, March 5, 2026 (Reuters) - " + lede, boats, court}), text_of({lede, boats, court})});
  EXPECT_EQ(iso(*found.lineage.written[0].date), "2026-03-05");
  EXPECT_EQ(found.lineage.written[0].basis, "dateline");
  EXPECT_EQ(iso(*found.lineage.written[1].date), "2026-03-05");
  EXPECT_EQ(found.lineage.written[1].basis, "inferred");
}

TEST(Written, stays_open_where_nothing_tells) {
  const auto found = traced({text_of({lede, boats})});
  EXPECT_FALSE(found.lineage.written[0].date);
  EXPECT_FALSE(found.lineage.dispatches[0].origin.agency);
}

TEST(Trace, keeps_more_printings_together_than_a_posting_list_holds) {
  std::vector<std::string> texts;
  for (int i = 0; i < 80; ++i)
    texts.push_back(text_of({lede, boats, court, fmt::format("Printing {} ends here now.", i)}));
  texts.push_back(text_of(
      {lede, boats, court, "The last printing is the longest of them all by a few words and one sentence more."}));
  const auto found = traced(texts);
  ASSERT_EQ(found.lineage.dispatches.size(), 1u);
  EXPECT_EQ(found.lineage.dispatches[0].members.size(), texts.size());
}

TEST(Trace, takes_a_copy_of_a_composite_for_the_same_composite) {
  const std::string composite = text_of({harvest, school, markets, lede, boats});
  const auto found = traced({text_of({lede, boats, court, roads}), composite, composite});
  EXPECT_EQ(shape(found), "a:copy b:part c:part | b:part c:part");
}

TEST(Trace, gives_a_copy_its_own_blocks) {
  // The copy stands one block further down than what it copies.
  auto articles = std::vector{article_of(text_of({lede, boats, court}), "a"),
                              article_of("Menu\n" + text_of({lede, boats, court}), "b")};
  articles[1].blocks[0].role = Role::boilerplate;
  const auto annotated = text::annotate(articles, knowledge());
  const auto facts = facts::extract(articles, annotated, knowledge());
  const auto bodies = copies::bodies_of(articles, annotated);
  const auto lineage = trace(articles, annotated, bodies, copies::match(bodies), facts, knowledge());
  ASSERT_EQ(lineage.dispatches.size(), 1u);
  EXPECT_EQ(lineage.dispatches[0].members[0].blocks, (std::vector<BlockIndex>{0, 1, 2}));
  EXPECT_EQ(lineage.dispatches[0].members[1].blocks, (std::vector<BlockIndex>{1, 2, 3}));
}

TEST(Written, knows_that_a_year_ends_between_dateline_and_publication) {
  auto articles = std::vector{article_of(text_of({"VALE, December 31 (Reuters) - " + lede, boats}), "a")};
  articles[0].given_dates.push_back({*parse_iso("2026-01-01"), "publication date"});
  const auto annotated = text::annotate(articles, knowledge());
  const auto facts = facts::extract(articles, annotated, knowledge());
  const auto lineage = trace(articles, annotated, copies::bodies_of(articles, annotated), {}, facts, knowledge());
  EXPECT_EQ(iso(*lineage.written[0].date), "2025-12-31");
}

TEST(Trace, tells_background_as_an_edge_that_ties_nothing) {
  const auto found = traced({text_of({lede, boats, roads, court}), text_of({harvest, school, markets, court})});
  ASSERT_EQ(found.lineage.backgrounds.size(), 1u);
  EXPECT_EQ(found.lineage.backgrounds[0].a, 0u);
  EXPECT_EQ(found.lineage.backgrounds[0].b, 1u);
  EXPECT_GT(found.lineage.backgrounds[0].share_of_a, 0.2);
}

std::string weather(int day) {
  const auto figure = [&](int i) { return (day * 37 + i * 11) % 90 + 3; };
  return text_of(
      {fmt::format("The weather office expects {} degrees at the coast and {} in the hills, with wind of {} "
                   "kilometres an hour and rain of {} millimetres until the evening.",
                   figure(1), figure(2), figure(3), figure(4)),
       fmt::format("Tomorrow it expects {} degrees at the coast and {} in the hills, and the level of the river "
                   "at the old bridge will fall to {} centimetres.",
                   figure(5), figure(6), figure(7))});
}

TEST(Trace, keeps_apart_a_form_that_is_filled_in_anew) {
  EXPECT_EQ(shape(traced({weather(1), weather(2), weather(3)})), "a:copy | b:copy | c:copy");
  EXPECT_EQ(shape(traced({weather(1), weather(1) + school + "\n"})), "b:copy a:cut");
}

TEST(Trace, keeps_apart_two_that_are_little_more_than_one_speech) {
  // Each paragraph of a longer speech opens with a mark; only the last one closes it.
  const std::string speech =
      "\"We shall rebuild every house that the water took from you and we shall begin with the school tomorrow.\n"
      "\"Nobody will be asked to pay for what the dam took and nobody will wait for it through another winter.\n"
      "\"The engineers who signed the report will answer for it before a court and before all of you.\"\n";
  EXPECT_EQ(
      shape(traced({"The mayor spoke at noon in front of the town hall.\n" + speech + school + "\n",
                    "At the market place people listened to their mayor in silence.\n" + speech + harvest + "\n"})),
      "a:copy | b:copy");
}

TEST(Trace, numbers_the_states_of_a_dispatch_that_several_print) {
  const std::string later =
      "Three more bridges fell in the night and the army sent a second company with tents and field kitchens.";
  const std::string first = text_of({lede, boats, court, roads, harvest});
  const std::string second = text_of({lede, later, court, school, harvest, roads});
  const auto found = traced({first, text_of({lede, boats, court, roads}), second, second + "Read more tomorrow\n"});
  ASSERT_EQ(found.lineage.dispatches.size(), 1u);
  std::map<std::string, std::uint32_t> versions;
  for (const auto& member : found.lineage.dispatches[0].members)
    versions[found.articles[member.article].id] = member.version;
  EXPECT_EQ(versions["a"], versions["b"]);
  EXPECT_EQ(versions["c"], versions["d"]);
  EXPECT_NE(versions["a"], versions["c"]);
  EXPECT_GT(versions["a"] * versions["c"], 0u);
}

}  // namespace
}  // namespace depesche::lineage
