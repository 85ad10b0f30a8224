#include "copies/copies.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "copies/shingles.h"
#include "support.h"

namespace depesche::copies {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Alignment aligned(const std::string& a, const std::string& b) {
  const auto x = article_of(a, "a");
  const auto y = article_of(b, "b");
  return align(x, text::annotate(x, knowledge()), y, text::annotate(y, knowledge()));
}

const std::string flood =
    "The river broke its banks at dawn on Tuesday and flooded the lower quarter of the town, the mayor said.";
const std::string army =
    "Soldiers brought four hundred people out of their houses by boat before the bridge gave way at noon.";
const std::string court =
    "A court in the capital rejected the appeal of the engineers who had signed the report on the dam.";

TEST(Align, links_a_paragraph_that_was_edited) {
  const auto found = aligned(
      flood,
      "The river broke its banks at dawn on Tuesday and flooded the lower part of the town, according to the mayor.");
  ASSERT_EQ(found.blocks.size(), 1u);
  EXPECT_GT(found.blocks[0].score, 0.6);
  EXPECT_LT(found.resemblance, 1);
}

TEST(Align, finds_moved_paragraphs_and_leaves_others_alone) {
  const auto found = aligned(flood + "\n" + army, court + "\n" + army + "\n" + flood);
  const std::vector<BlockLink> expected = {{0, 2, 1, false}, {1, 1, 1, false}};
  EXPECT_EQ(found.blocks, expected);
  EXPECT_DOUBLE_EQ(found.share_of_a, 1);
  EXPECT_LT(found.share_of_b, 0.8);
}

TEST(Align, does_not_link_two_reports_of_one_event) {
  const auto found = aligned(flood,
                             "On Tuesday morning water from the river entered houses in the lower town, said its "
                             "mayor, after a bank had failed.");
  EXPECT_TRUE(found.blocks.empty());
}

TEST(Align, counts_words_inside_quotation_marks_apart) {
  const std::string speech =
      "\"We shall rebuild every house that the water took from you, and we shall begin tomorrow\", he said.";
  EXPECT_LT(aligned(speech, speech).narrated_words, 4u);
  EXPECT_GT(aligned(flood, flood).narrated_words, 15u);
}

TEST(Align, counts_the_words_of_a_text_once) {
  const auto found = aligned(flood + "\n" + flood, flood);
  EXPECT_LE(found.share_of_a, 1);
  EXPECT_DOUBLE_EQ(found.share_of_b, 1);
}

TEST(Match, aligns_equal_articles_with_the_first_of_them_only) {
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  for (int i = 0; i < 50; ++i) {
    articles.push_back(article_of(flood + "\n" + army, std::to_string(i)));
    texts.push_back(text::annotate(articles.back(), knowledge()));
  }
  const auto found = match(articles, texts);
  EXPECT_EQ(found.size(), 49u);
  for (const auto& alignment : found) EXPECT_EQ(alignment.a, 0u);
}

TEST(Match, takes_empty_and_one_word_articles) {
  const std::vector<Article> articles = {article_of("", "a"), article_of("Wort", "b"), article_of("Wort", "c")};
  std::vector<text::Text> texts;
  for (const auto& article : articles) texts.push_back(text::annotate(article, knowledge()));
  EXPECT_TRUE(match(articles, texts).empty());
}

/// Articles of few different words, so that they share many shingles.
std::vector<Article> small_articles() {
  const auto word = rc::gen::element<std::string>("river", "bank", "town", "mayor", "boat", "house");
  const auto block = rc::gen::resize(30, rc::gen::container<std::vector<std::string>>(word));
  const auto piles = *rc::gen::resize(6, rc::gen::container<std::vector<std::vector<std::string>>>(block));
  std::vector<Article> articles;
  for (const auto& words : piles) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) text += words[i] + (i % 12 == 11 ? "\n" : " ");
    articles.push_back(article_of(text, std::to_string(articles.size())));
  }
  return articles;
}

/// The slow oracle: the shared set of shingles, computed from strings.
std::set<std::string> shingle_strings(const Article& article) {
  std::set<std::string> shingles;
  for (const Block& block : article.blocks) {
    std::istringstream words{std::string(article.words_at(block.span))};
    const std::vector<std::string> all{std::istream_iterator<std::string>(words), {}};
    for (std::size_t i = 0; i + shingle_words <= all.size(); ++i)
      shingles.insert(all[i] + " " + all[i + 1] + " " + all[i + 2]);
  }
  return shingles;
}

RC_GTEST_PROP(Match, agrees_with_comparing_every_pair, ()) {
  const auto articles = small_articles();
  std::vector<text::Text> texts;
  for (const auto& article : articles) texts.push_back(text::annotate(article, knowledge()));
  std::set<std::pair<ArticleIndex, ArticleIndex>> found;
  for (const auto& alignment : match(articles, texts)) {
    found.insert({alignment.a, alignment.b});
    if (alignment.is_twin) {
      RC_ASSERT(articles[alignment.a].text == articles[alignment.b].text);
      continue;
    }
    const auto direct = align(articles[alignment.a], texts[alignment.a], articles[alignment.b], texts[alignment.b]);
    RC_ASSERT(direct.blocks == alignment.blocks);
    const auto x = shingle_strings(articles[alignment.a]);
    const auto y = shingle_strings(articles[alignment.b]);
    std::size_t both = 0;
    for (const auto& shingle : x) both += y.contains(shingle);
    RC_ASSERT(std::abs(alignment.resemblance -
                       static_cast<double>(both) / static_cast<double>(x.size() + y.size() - both)) < 1e-9);
    RC_ASSERT(alignment.share_of_a <= 1 && alignment.share_of_b <= 1 && alignment.share_of_a > 0);
    for (const auto& [p, q] : alignment.passages)
      RC_ASSERT(articles[alignment.a].words_at(p).size() > 0 && articles[alignment.b].words_at(q).size() > 0);
  }
  std::set<std::string> seen;
  for (ArticleIndex b = 0; b < articles.size(); ++b) {
    if (!seen.insert(articles[b].text).second) continue;  // equal articles are aligned with the first only
    for (ArticleIndex a = 0; a < b; ++a) {
      const auto x = shingle_strings(articles[a]);
      const auto y = shingle_strings(articles[b]);
      std::size_t both = 0;
      for (const auto& shingle : x) both += y.contains(shingle);
      const bool must_be_found = both >= 5 && !align(articles[a], texts[a], articles[b], texts[b]).blocks.empty();
      const bool is_later_twin = std::any_of(articles.begin(), articles.begin() + a,
                                             [&](const Article& c) { return c.text == articles[a].text; });
      if (must_be_found && !is_later_twin && articles[a].text != articles[b].text) RC_ASSERT(found.contains({a, b}));
    }
  }
}

}  // namespace
}  // namespace depesche::copies
