#include "copies/copies.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "core/unicode.h"
#include "support.h"

namespace depesche::copies {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Body body(const Article& article) { return body_of_words(article, text::annotate(article, knowledge())); }

std::vector<Body> bodies(const std::vector<Article>& articles) {
  std::vector<Body> out;
  for (const auto& article : articles) out.push_back(body(article));
  return out;
}

Alignment aligned(const std::string& a, const std::string& b) {
  const auto x = article_of(a, "a");
  const auto y = article_of(b, "b");
  return align(body(x), body(y));
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
  for (int i = 0; i < 50; ++i) articles.push_back(article_of(flood + "\n" + army, std::to_string(i)));
  const auto found = match(bodies(articles));
  EXPECT_EQ(found.size(), 49u);
  for (const auto& alignment : found) EXPECT_EQ(alignment.a, 0u);
}

TEST(Match, takes_empty_and_one_word_articles) {
  const std::vector<Article> articles = {article_of("", "a"), article_of("Wort", "b"), article_of("Wort", "c")};
  EXPECT_TRUE(match(bodies(articles)).empty());
}

std::string folded(std::string_view words) {
  std::string out;
  for (const char c : fold(words)) out += c == '\n' ? ' ' : c;
  return out;
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

RC_GTEST_PROP(Match, aligns_what_it_finds_as_asked_directly, ()) {
  const auto articles = small_articles();
  const auto all = bodies(articles);
  for (const auto& alignment : match(all)) {
    const Body& a = all[alignment.a];
    const Body& b = all[alignment.b];
    if (alignment.is_twin) {
      RC_ASSERT(articles[alignment.a].text == articles[alignment.b].text);
      continue;
    }
    const auto direct = align(a, b);
    RC_ASSERT(direct.blocks == alignment.blocks);
    RC_ASSERT(direct.share_of_a == alignment.share_of_a && direct.share_of_b == alignment.share_of_b);
    const auto x = shingle_strings(articles[alignment.a]);
    const auto y = shingle_strings(articles[alignment.b]);
    std::size_t both = 0;
    for (const auto& shingle : x) both += y.contains(shingle);
    RC_ASSERT(std::abs(alignment.resemblance -
                       static_cast<double>(both) / static_cast<double>(x.size() + y.size() - both)) < 1e-9);
    RC_ASSERT(alignment.share_of_a <= 1 && alignment.share_of_b <= 1);
    for (const auto& [p, q] : shared_passages(a, b, alignment))
      RC_ASSERT(folded(articles[alignment.a].words_at(p)) == folded(articles[alignment.b].words_at(q)));
  }
}

/// A paragraph of different words, none of which another paragraph has.
std::string paragraph(int number, int words) {
  std::string out;
  for (int i = 0; i < words; ++i) out += fmt::format("word{}x{} ", number, i);
  return out;
}

/// Whoever prints eight words of another in a row is found, wherever they stand; the slow oracle is the recipe itself.
RC_GTEST_PROP(Match, finds_whoever_takes_a_paragraph, ()) {
  const int taken = *rc::gen::inRange(0, 5);
  const int length = *rc::gen::inRange(16, 60);
  const int before = *rc::gen::inRange(0, 4);
  std::string source, taker;
  for (int i = 0; i < 5; ++i) source += paragraph(i, length) + "\n";
  for (int i = 0; i < before; ++i) taker += paragraph(10 + i, length) + "\n";
  taker += paragraph(taken, length) + "\n" + paragraph(20, length);
  const auto found =
      match(bodies({article_of(source, "a"), article_of(taker, "b"), article_of(paragraph(30, 80), "c")}));
  RC_ASSERT(found.size() == 1u);
  const std::vector<BlockLink> expected = {{static_cast<BlockIndex>(taken), static_cast<BlockIndex>(before), 1, false}};
  RC_ASSERT(found[0].blocks == expected);
}

TEST(Match, stays_linear_where_ten_thousand_print_nearly_the_same) {
  std::vector<Body> printings;
  for (int i = 0; i < 10000; ++i) {
    Body printing = body(article_of(fmt::format("{}\n{}\nprinted by paper{}", flood, army, i % 100), "a"));
    printing.forms[static_cast<std::size_t>(i) % printing.forms.size()] += static_cast<std::uint32_t>(i);
    printing.hash += static_cast<std::uint64_t>(i);
    printings.push_back(std::move(printing));
  }
  const auto found = match(printings);
  EXPECT_GE(found.size(), 9999u);
  EXPECT_LE(found.size(), 80000u);
}

TEST(Body, cuts_long_blocks_at_the_ends_of_sentences) {
  std::string line;
  for (int i = 0; i < 20; ++i) line += "The " + paragraph(i, 19) + "ends here. ";
  const auto made = body(article_of(line));
  ASSERT_GT(made.passages.size(), 3u);
  for (const auto& passage : made.passages) {
    EXPECT_EQ(passage.block, 0u);
    EXPECT_LE(passage.size(), 120u);
    EXPECT_EQ(passage.size() % 22, 0u);
  }
  EXPECT_EQ(made.passages.back().last_word, made.size());
}

TEST(Body, takes_letters_for_words_where_nobody_writes_spaces) {
  const std::string news = "市长星期二说河水在黎明时分冲破堤岸淹没了城市的下游地区";
  const auto found = align(body(article_of(news + "。", "a")), body(article_of("据当地媒体报道" + news + "。", "b")));
  ASSERT_EQ(found.blocks.size(), 1u);
  EXPECT_GT(found.share_of_a, 0.9);
  EXPECT_LT(found.share_of_b, 0.9);
}

TEST(Body, cuts_letters_as_it_cuts_words) {
  std::string thai, chinese;
  for (int i = 0; i < 2000; ++i) thai += "กาขคงจ";
  for (int i = 0; i < 3000; ++i) chinese += "市长说河水冲破";
  for (const auto& text : {thai, chinese}) {
    const auto made = body(article_of(text));
    EXPECT_GT(made.size(), 5000u);
    for (const auto& passage : made.passages) EXPECT_LE(passage.size(), 240u);
  }
}

TEST(Match, links_the_blocks_of_twins_of_which_one_has_no_full_stops) {
  std::string stops, none;
  for (int i = 0; i < 30; ++i) {
    stops += "The " + paragraph(i, 19) + "ends here. ";
    none += "The " + paragraph(i, 19) + "ends here ";
  }
  const auto all = bodies({article_of(stops + "\n" + flood, "a"), article_of(none + "\n" + flood, "b")});
  ASSERT_NE(all[0].passages.size(), all[1].passages.size());
  const auto found = match(all);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].is_twin);
  const std::vector<BlockLink> expected = {{0, 0, 1, false}, {1, 1, 1, false}};
  EXPECT_EQ(found[0].blocks, expected);
}

TEST(Match, finds_partners_for_what_a_hundred_others_print_too) {
  std::vector<Article> articles;
  const std::string dispatch = paragraph(0, 60) + "\n" + paragraph(1, 60) + "\n";
  for (int i = 0; i < 100; ++i)
    articles.push_back(article_of(paragraph(10 + 2 * i, 80) + "\n" + dispatch + paragraph(11 + 2 * i, 80), "c"));
  const auto short_at = static_cast<ArticleIndex>(articles.size());
  articles.push_back(article_of(dispatch, "d"));
  const auto found = match(bodies(articles));
  EXPECT_TRUE(
      std::any_of(found.begin(), found.end(), [&](const Alignment& alignment) { return alignment.b == short_at; }));
}

}  // namespace
}  // namespace depesche::copies
