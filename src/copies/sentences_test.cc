#include "copies/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "support.h"

namespace depesche::copies {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;
using ::testing::ElementsAre;
using ::testing::FieldsAre;
using ::testing::Ge;
using ::testing::IsEmpty;

using Places = std::vector<std::uint32_t>;
using Strings = std::vector<std::string>;

/// An article of one sentence a line, with its keys.
struct Read {
  Article article;
  text::Text text;
  std::vector<text::Sentence> sentences;
  SentenceKeys keys;

  explicit Read(const Strings& lines) {
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    article = article_of(all);
    text = text::annotate(article, knowledge());
    sentences = body_sentences(article, text);
    keys = keys_of(text, sentences);
  }
};

std::vector<SentenceLink> linked(const Strings& a, const Strings& b) {
  return link_sentences(Read(a).keys, Read(b).keys);
}

/// Sentences of the numbers given, each a key.
SentenceKeys keys_from(const std::vector<std::vector<unsigned>>& sentences) {
  SentenceKeys keys;
  std::uint32_t token = 0;
  for (const auto& sentence : sentences) {
    for (const auto key : sentence) keys.add({key, 1, token++});
    keys.end_sentence();
  }
  return keys;
}

const std::string ferry = "The ferry to Norrum ran aground at dawn on Monday with ninety passengers.";
const std::string crane = "A crane of the shipyard lifted the damaged rudder out of the water by noon.";
const std::string mayor = "Mayor Ilse Brandt promised the islanders a replacement within two days.";
const std::string storm = "Gusts of up to 110 kilometres an hour had been forecast for the whole coast.";
const std::string inquiry = "Prosecutors opened an inquiry into why the pilot ignored the warning lights.";

TEST(Sentences, that_are_equal_score_one) {
  EXPECT_THAT(linked({ferry, crane, mayor}, {ferry, crane, mayor}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{1}, Places{1}, 1.0),
                          FieldsAre(Places{2}, Places{2}, 1.0)));
}

TEST(Sentences, left_out_or_put_in_link_to_nothing) {
  EXPECT_THAT(linked({ferry, crane, mayor}, {ferry, storm, mayor}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{2}, Places{2}, 1.0)));
}

TEST(Sentences, told_in_other_words_are_linked) {
  EXPECT_THAT(linked({ferry, crane, storm},
                     {"Ninety passengers were aboard when, on Monday at dawn, the Norrum ferry ran aground.",
                      "By noon the damaged rudder had been lifted by a crane.", inquiry}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, Ge(0.5)), FieldsAre(Places{1}, Places{1}, Ge(0.4))));
}

TEST(Sentences, merged_and_split_are_linked_together) {
  const std::string both =
      "A crane of the shipyard lifted the damaged rudder out of the water by noon, and Mayor Ilse Brandt promised the "
      "islanders a replacement within two days.";
  EXPECT_THAT(linked({ferry, crane, mayor, storm}, {ferry, both, storm}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{1, 2}, Places{1}, Ge(0.9)),
                          FieldsAre(Places{3}, Places{2}, 1.0)));
  EXPECT_THAT(linked({ferry, both}, {ferry, crane, mayor}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{1}, Places{1, 2}, Ge(0.9))));
}

TEST(Sentences, are_not_merged_with_a_neighbour_that_says_something_else) {
  EXPECT_THAT(linked({ferry, "It was the third of the year.", storm}, {ferry, storm}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{2}, Places{1}, 1.0)));
}

TEST(Sentences, whose_border_moved_are_linked_two_to_two) {
  const auto links = linked(
      {"The ferry to Norrum ran aground at dawn.", "Ninety passengers and a cargo of timber were aboard on Monday."},
      {"The ferry to Norrum ran aground at dawn with ninety passengers and a cargo of timber.",
       "They were aboard on Monday."});
  EXPECT_THAT(links, ElementsAre(FieldsAre(Places{0, 1}, Places{0, 1}, Ge(0.7))));
}

TEST(Sentences, that_moved_are_found_at_their_new_place) {
  EXPECT_THAT(linked({ferry, crane, mayor, storm}, {mayor, ferry, crane, storm}),
              ElementsAre(FieldsAre(Places{0}, Places{1}, 1.0), FieldsAre(Places{1}, Places{2}, 1.0),
                          FieldsAre(Places{2}, Places{0}, 1.0), FieldsAre(Places{3}, Places{3}, 1.0)));
}

TEST(Sentences, of_which_one_is_repeated_are_linked_in_order) {
  EXPECT_THAT(linked({ferry, ferry, ferry}, {ferry, ferry}),
              ElementsAre(FieldsAre(Places{0}, Places{0}, 1.0), FieldsAre(Places{1}, Places{1}, 1.0)));
}

TEST(Sentences, of_titles_and_captions_are_no_part_of_the_text) {
  Article article = article_of(ferry + "\n" + crane + "\n" + mayor);
  article.blocks[0].role = Role::title;
  article.blocks[2].role = Role::caption;
  const auto text = text::annotate(article, knowledge());
  const auto sentences = body_sentences(article, text);
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_EQ(article.words_at(sentences[0].span), crane);
}

TEST(Sentences, without_words_link_to_nothing) {
  EXPECT_THAT(link_sentences(keys_from({{}, {1, 2}}), keys_from({{}, {1, 2}})),
              ElementsAre(FieldsAre(Places{1}, Places{1}, 1.0)));
  EXPECT_THAT(link_sentences(keys_from({}), keys_from({{1}})), IsEmpty());
  EXPECT_THAT(link_sentences(keys_from({{1}}), keys_from({})), IsEmpty());
}

TEST(Sentences, show_the_words_that_they_were_linked_by) {
  const Read a({crane, "The mayor promised a ferry on Monday."});
  const Read b({crane, "A ferry was promised by the mayor."});
  const auto links = link_sentences(a.keys, b.keys);
  ASSERT_EQ(links.size(), 2u);
  Strings words;
  for (const auto& anchor : anchors_of(a.keys, b.keys, links[1])) {
    words.push_back(std::string(a.article.words_at(a.text.tokens[anchor.a].span)) + "=" +
                    std::string(b.article.words_at(b.text.tokens[anchor.b].span)));
  }
  EXPECT_THAT(words, ElementsAre("The=the", "mayor=mayor", "promised=promised", "a=A", "ferry=ferry"));
}

TEST(Sentences, of_the_same_few_words_take_no_longer_for_being_many) {
  // A hundred thousand sentences of three words all alike: compared each with each they would take hours.
  std::vector<std::vector<unsigned>> sentences(100'000, {1, 2, 3});
  const auto keys = keys_from(sentences);
  EXPECT_EQ(link_sentences(keys, keys).size(), sentences.size());
}

/// Whatever the texts.
RC_GTEST_PROP(SentencesProperty, links_are_sorted_and_use_a_sentence_once, ()) {
  const auto sentence = rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 30U));
  const auto text = rc::gen::container<std::vector<std::vector<unsigned>>>(sentence);
  const auto a = keys_from(*text);
  const auto b = keys_from(*text);
  const auto links = link_sentences(a, b);
  std::set<std::uint32_t> of_a;
  std::set<std::uint32_t> of_b;
  Places last;
  for (const auto& link : links) {
    RC_ASSERT(link.score > 0 && link.score <= 1);
    RC_ASSERT(last < link.a);
    last = link.a;
    for (const auto& [places, used, side] : {std::tuple(&link.a, &of_a, &a), std::tuple(&link.b, &of_b, &b)}) {
      RC_ASSERT(places->size() == 1 || (places->size() == 2 && (*places)[1] == (*places)[0] + 1));
      for (const auto place : *places) {
        RC_ASSERT(place < side->size());
        RC_ASSERT(used->insert(place).second);
      }
    }
    RC_ASSERT(!anchors_of(a, b, link).empty());
  }
}

/// Sentences with words of their own are found again whatever was left out, put in or moved.
RC_GTEST_PROP(SentencesProperty, each_is_found_wherever_it_went, ()) {
  const auto count = *rc::gen::inRange(1U, 40U);
  std::vector<std::vector<unsigned>> sentences;
  for (unsigned i = 0; i < count; ++i) sentences.push_back({10 * i, 10 * i + 1, 10 * i + 2, 10 * i + 3, 7});
  std::vector<unsigned> order(2 * count);  // those from `count` on are foreign
  for (unsigned i = 0; i < order.size(); ++i) order[i] = i;
  const auto lots = *rc::gen::container<std::vector<unsigned>>(order.size(), rc::gen::arbitrary<unsigned>());
  std::stable_sort(order.begin(), order.end(), [&](unsigned x, unsigned y) { return lots[x] < lots[y]; });
  order.resize(*rc::gen::inRange<std::size_t>(0, order.size() + 1));
  std::vector<std::vector<unsigned>> others;
  std::vector<std::pair<Places, Places>> expected;
  for (std::uint32_t j = 0; j < order.size(); ++j) {
    const unsigned i = order[j];
    others.push_back({10 * i + 3, 10 * i + 2, 7, 10 * i + 1, 10 * i});
    if (i < count) expected.push_back({{i}, {j}});
  }
  std::sort(expected.begin(), expected.end());
  std::vector<std::pair<Places, Places>> found;
  for (const auto& link : link_sentences(keys_from(sentences), keys_from(others))) found.emplace_back(link.a, link.b);
  RC_ASSERT(found == expected);
}

}  // namespace
}  // namespace depesche::copies
