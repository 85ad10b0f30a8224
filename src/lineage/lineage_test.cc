#include "lineage/lineage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

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

Traced traced(const std::vector<std::string>& texts, const Decisions& decisions = {}) {
  Traced out;
  for (const auto& text : texts)
    out.articles.push_back(article_of(text, out.articles.size() < 26
                                                ? std::string(1, static_cast<char>('a' + out.articles.size()))
                                                : fmt::format("z{}", out.articles.size())));
  const auto annotated = text::annotate(out.articles, knowledge());
  const auto bodies = copies::bodies_of(out.articles, annotated, knowledge());
  const auto shared = copies::match(bodies);
  const auto facts = facts::extract(out.articles, annotated, knowledge());
  out.lineage = trace(out.articles, annotated, bodies, shared, facts, knowledge(), decisions);
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
  const auto bodies = copies::bodies_of(articles, annotated, knowledge());
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
  const auto lineage =
      trace(articles, annotated, copies::bodies_of(articles, annotated, knowledge()), {}, facts, knowledge());
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

TEST(Trace, parts_a_page_that_prints_several_dispatches_whole) {
  const auto found = traced({text_of({lede, boats, court, roads, harvest, school, markets}),
                             text_of({lede, boats, court}), text_of({roads, harvest}), text_of({school, markets})});
  ASSERT_EQ(found.lineage.dispatches.size(), 3u);
  for (const auto& dispatch : found.lineage.dispatches) {
    ASSERT_EQ(dispatch.members.size(), 2u);
    EXPECT_NE(dispatch.members[0].article, 0u);
    EXPECT_EQ(dispatch.members[1].article, 0u);
    EXPECT_EQ(dispatch.members[1].relation, Relation::part);
  }
}

TEST(Trace, takes_one_paragraph_behind_different_news_for_background_in_short_articles_too) {
  EXPECT_EQ(shape(traced({text_of({boats, court + " " + roads}), text_of({harvest, court + " " + roads})})),
            "a:copy | b:copy");
}

TEST(Trace, tells_which_came_first_only_where_dates_or_datelines_do) {
  const auto direction = [](const std::string& a, const std::string& b) {
    const auto found = traced({a, b});
    return found.lineage.dispatches[0].members[1].direction;
  };
  const std::string text = text_of({boats, court, roads});
  EXPECT_EQ(direction(text + school, text), Direction::unknown);
  EXPECT_EQ(direction("VALE, March 5, 2026 (Reuters) - " + text, text), Direction::from_first);
  EXPECT_EQ(direction("VALE, March 6, 2026 (Reuters) - " + text + school, "VALE, March 5, 2026 (Reuters) - " + text),
            Direction::member_first);
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

// -- a person's decisions --------------------------------------------------------------------------------------------

using Pair = std::pair<std::string, std::string>;

Decisions apart(std::initializer_list<Pair> pairs) {
  Decisions decisions;
  for (const auto& [a, b] : pairs)
    decisions.apart.emplace(std::minmax(a, b), fmt::format("{} was split from {}", a, b));
  return decisions;
}

Decisions together(std::initializer_list<Pair> pairs) {
  Decisions decisions;
  for (const auto& [a, b] : pairs)
    decisions.together.emplace(std::minmax(a, b), fmt::format("{} was joined with {}", a, b));
  return decisions;
}

Decisions both(Decisions x, const Decisions& y) {
  x.apart.insert(y.apart.begin(), y.apart.end());
  x.together.insert(y.together.begin(), y.together.end());
  return x;
}

/// What a person decided of each dispatch: "b was split from a; … | …"
std::string decided(const Traced& traced) {
  std::string out;
  for (const auto& dispatch : traced.lineage.dispatches) {
    if (&dispatch != traced.lineage.dispatches.data()) out += " | ";
    out += fmt::format("{}", fmt::join(dispatch.decided, "; "));
    for (const auto& sentence : dispatch.decided)
      EXPECT_EQ(std::count(dispatch.because.begin(), dispatch.because.end(), sentence), 1) << sentence;
  }
  return out;
}

const std::string full = text_of({lede, boats, court, roads});
const std::string shorter = text_of({lede, boats, court});
const std::string other = text_of({harvest, school, markets});

TEST(Decided, takes_a_letter_for_letter_copy_out) {
  EXPECT_EQ(shape(traced({full, full, full})), "a:copy b:copy c:copy");
  const auto found = traced({full, full, full}, apart({{"b", "a"}, {"b", "c"}}));
  EXPECT_EQ(shape(found), "a:copy c:copy | b:copy");
  EXPECT_EQ(decided(found), "b was split from a | b was split from a");
}

TEST(Decided, leaves_the_copies_of_the_first_together) {
  EXPECT_EQ(shape(traced({full, full, full, shorter}, apart({{"a", "b"}, {"a", "c"}, {"a", "d"}}))),
            "b:copy c:copy d:cut | a:copy");
}

TEST(Decided, keeps_a_copy_from_a_family_that_its_first_belongs_to) {
  // a and b are one text; only b was set apart from c.
  const auto found = traced({full, full, shorter}, apart({{"b", "c"}}));
  for (const auto& dispatch : found.lineage.dispatches) {
    std::set<std::string> ids;
    for (const auto& member : dispatch.members) ids.insert(found.articles[member.article].id);
    EXPECT_FALSE(ids.contains("b") && ids.contains("c"));
  }
  EXPECT_EQ(shape(found), "a:copy b:copy | c:copy");
}

TEST(Decided, takes_the_reading_out_and_leaves_the_others_together) {
  std::vector<std::string> texts = {text_of({lede, boats, court, roads, school})};
  for (int i = 0; i < 12; ++i) texts.push_back(text_of({lede, boats, court, fmt::format("Printing {} ends here.", i)}));
  ASSERT_EQ(traced(texts).lineage.dispatches.size(), 1u);
  Decisions decisions;
  for (int i = 0; i < 12; ++i) {
    const std::string id(1, static_cast<char>('b' + i));
    decisions.apart.emplace(Pair("a", id), "a was split from all");
  }
  const auto found = traced(texts, decisions);
  ASSERT_EQ(found.lineage.dispatches.size(), 2u);
  EXPECT_EQ(found.lineage.dispatches[0].members.size(), 12u);
  EXPECT_EQ(decided(found), "a was split from all | a was split from all");
}

TEST(Decided, finds_others_of_a_kind_that_only_what_was_taken_out_was_known_to_resemble) {
  std::vector<Article> articles;
  for (const auto& [id, text] : {Pair{"a", full}, Pair{"b", shorter}, Pair{"c", text_of({lede, boats})}})
    articles.push_back(article_of(text, id));
  const auto texts = text::annotate(articles, knowledge());
  const auto bodies = copies::bodies_of(articles, texts, knowledge());
  auto shared = copies::match(bodies);
  std::erase_if(shared, [](const copies::Alignment& alignment) { return alignment.a != 0; });
  ASSERT_EQ(shared.size(), 2u);
  const std::vector<Printing> printings = {
      {"a", {}, {}, {}, {}, {}, {}}, {"b", {}, {}, {}, {}, {}, {}}, {"c", {}, {}, {}, {}, {}, {}}};
  ASSERT_EQ(find_families(printings, bodies, shared).dispatches.size(), 1u);
  const auto found = find_families(printings, bodies, shared, apart({{"a", "b"}, {"a", "c"}})).dispatches;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].members.size(), 2u);
  EXPECT_EQ(found[0].reading, 1u);
}

TEST(Decided, lets_a_composite_take_from_each_of_two_copies_set_apart) {
  const std::string composite = text_of({harvest, school, markets, lede, boats});
  ASSERT_EQ(shape(traced({full, full, composite})), "a:copy b:copy c:part | c:part");
  EXPECT_EQ(shape(traced({full, full, composite}, apart({{"a", "b"}}))), "a:copy c:part | b:copy c:part | c:part");
}

TEST(Decided, makes_a_part_no_part) {
  const std::string composite = text_of({harvest, school, markets, lede, boats});
  ASSERT_EQ(shape(traced({full, composite})), "a:copy b:part | b:part");
  const auto found = traced({full, composite}, apart({{"b", "a"}}));
  EXPECT_EQ(shape(found), "a:copy | b:copy");
  EXPECT_EQ(decided(found), "b was split from a | b was split from a");
}

TEST(Decided, makes_a_part_a_whole_printing) {
  const std::string composite = text_of({harvest, school, markets, lede, boats});
  EXPECT_EQ(shape(traced({full, composite}, together({{"a", "b"}}))).find('|'), std::string::npos);
}

TEST(Decided, joins_what_shares_nothing) {
  ASSERT_EQ(shape(traced({full, other})), "a:copy | b:copy");
  const auto found = traced({full, other}, together({{"a", "b"}}));
  EXPECT_EQ(shape(found), "a:copy b:rewrite");
  EXPECT_EQ(decided(found), "a was joined with b");
}

TEST(Decided, joins_over_others) {
  const std::string third =
      "Two swimmers crossed the strait at night and were back before breakfast, to no applause at all.\n";
  const std::vector<std::string> texts = {full, other, third};
  ASSERT_EQ(shape(traced(texts)), "a:copy | b:copy | c:copy");
  EXPECT_EQ(shape(traced(texts, together({{"a", "b"}, {"b", "c"}}))), "a:copy b:rewrite c:rewrite");
  EXPECT_EQ(decided(traced(texts, together({{"a", "b"}, {"b", "c"}}))), "a was joined with b; b was joined with c");
}

TEST(Decided, brings_along_the_families_of_what_it_joins) {
  const std::vector<std::string> texts = {full, shorter, other, other, text_of({harvest, school})};
  ASSERT_EQ(shape(traced(texts)), "c:copy d:copy e:cut | a:copy b:cut");
  const auto found = traced(texts, together({{"b", "d"}}));
  EXPECT_EQ(shape(found), "a:copy b:cut c:rewrite d:rewrite e:cut");
  // e shares its text with c and not with the base.
  for (const auto& member : found.lineage.dispatches[0].members) {
    if (found.articles[member.article].id != "e") continue;
    ASSERT_TRUE(member.from);
    EXPECT_EQ(found.articles[*member.from].id, "c");
  }
}

TEST(Decided, says_nothing_where_the_texts_say_it_too) {
  const auto without = traced({full, shorter, full});
  const auto with = traced({full, shorter, full}, together({{"a", "b"}, {"a", "c"}}));
  EXPECT_EQ(shape(with), shape(without));
  EXPECT_EQ(decided(with), "");
  EXPECT_EQ(with.lineage.dispatches[0].because, without.lineage.dispatches[0].because);
  EXPECT_EQ(decided(traced({full, other}, apart({{"a", "b"}}))), " | ");
}

TEST(Decided, tells_only_what_changed_something) {
  // c is cut from a as well as from b; the first of equals is taken.
  const std::vector<std::string> texts = {full, full, shorter};
  const auto before = traced(texts, apart({{"a", "b"}}));
  EXPECT_EQ(shape(before), "a:copy c:cut | b:copy");
  EXPECT_EQ(decided(before), "a was split from b | a was split from b");
  EXPECT_EQ(decided(traced(texts, apart({{"a", "b"}, {"b", "c"}}))), decided(before));
  EXPECT_EQ(decided(traced(texts, apart({{"a", "b"}, {"a", "c"}}))),
            "a was split from b; a was split from c | a was split from b; a was split from c");
}

TEST(Decided, leaves_printings_of_one_of_two_like_families_where_they_are) {
  EXPECT_EQ(shape(traced({full, full, shorter, text_of({lede, boats})}, apart({{"a", "b"}, {"a", "d"}}))),
            "a:copy c:cut | b:copy d:cut");
}

TEST(Decided, beats_what_the_texts_say_on_both_sides) {
  // c is joined with a and a set apart from b: so c, which copies b, goes with a.
  const std::string b_text = other;
  const auto found = traced({full, b_text, b_text}, both(together({{"a", "c"}}), apart({{"a", "b"}})));
  EXPECT_EQ(shape(found), "a:copy c:rewrite | b:copy");
}

TEST(Decided, moves_only_what_was_joined_where_others_were_set_apart) {
  // The families {a b} and {c d}: b and d are apart, a and c are joined.
  const std::vector<std::string> texts = {full, shorter, other, text_of({harvest, school})};
  const auto found = traced(texts, both(together({{"a", "c"}}), apart({{"b", "d"}})));
  EXPECT_EQ(shape(found), "a:copy b:cut c:rewrite | d:copy");
}

TEST(Decided, lets_apart_win_where_both_are_said) {
  EXPECT_EQ(shape(traced({full, other}, both(together({{"a", "b"}}), apart({{"a", "b"}})))), "a:copy | b:copy");
}

TEST(Decided, decides_nothing_of_articles_that_are_not_there) {
  const auto found = traced({full, full, other},
                            both(together({{"a", "y"}, {"c", "y"}, {"x", "y"}}), apart({{"a", "x"}, {"y", "b"}})));
  EXPECT_EQ(shape(found), shape(traced({full, full, other})));
  EXPECT_EQ(decided(found), " | ");
}

}  // namespace
}  // namespace depesche::lineage
