#include "copies/near.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

#include "copies/near_shingles.h"
#include "core/unicode.h"

namespace depesche::copies {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// -- the slow truth: strings, and every pair -----------------------------------------------------------------------

/// The tokens of a text, as strings.
std::vector<std::string> tokens_of(const std::string& text) {
  const auto small = icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot());
  std::vector<std::string> tokens;
  bool is_open = false;
  for (std::int32_t i = 0; i < small.length();) {
    const UChar32 c = small.char32At(i);
    i += U16_LENGTH(c);
    const bool is_alone = is_unspaced(static_cast<char32_t>(c));
    if (c != '_' && (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) == 0) {
      is_open = false;
      continue;
    }
    if (!is_open || is_alone) tokens.emplace_back();
    icu::UnicodeString(c).toUTF8String(tokens.back());
    is_open = !is_alone;
  }
  return tokens;
}

std::set<std::string> shingles_of(const std::vector<std::string>& tokens) {
  std::set<std::string> shingles;
  for (std::size_t i = 0; i + near_shingle_tokens <= tokens.size(); ++i) {
    std::string shingle;
    for (std::size_t k = i; k < i + near_shingle_tokens; ++k) shingle += tokens[k] + "\n";
    shingles.insert(shingle);
  }
  return shingles;
}

struct Shares {
  double resemblance = 0;
  double containment = 0;
  auto operator<=>(const Shares&) const = default;
};
using Pairs = std::map<std::pair<std::uint32_t, std::uint32_t>, Shares>;

Pairs pairs_among_all(const std::vector<std::string>& texts, const NearThresholds& thresholds) {
  std::vector<std::set<std::string>> sets;
  for (const auto& text : texts) sets.push_back(shingles_of(tokens_of(text)));
  Pairs pairs;
  for (std::uint32_t a = 0; a < sets.size(); ++a) {
    for (std::uint32_t b = a + 1; b < sets.size(); ++b) {
      const auto both = static_cast<double>(
          std::count_if(sets[a].begin(), sets[a].end(), [&](const auto& one) { return sets[b].contains(one); }));
      if (both == 0) continue;
      const auto all = static_cast<double>(sets[a].size() + sets[b].size()) - both;
      const Shares shares{both / all, both / static_cast<double>(std::min(sets[a].size(), sets[b].size()))};
      if ((thresholds.resemblance && shares.resemblance >= *thresholds.resemblance) ||
          (thresholds.containment && shares.containment >= *thresholds.containment))
        pairs[{a, b}] = shares;
    }
  }
  return pairs;
}

// -- what is tested ------------------------------------------------------------------------------------------------

struct Answer {
  Pairs pairs;
  NearReport report;
};

Answer answer_to(const std::vector<std::string>& texts, const NearThresholds& thresholds) {
  ShingleReader reader;
  NearDuplicates near;
  for (const auto& text : texts) near.add(reader.read(text));
  Answer answer;
  std::pair<std::uint32_t, std::uint32_t> last;
  answer.report = near.find(thresholds, [&](const NearPair& pair) {
    EXPECT_LT(pair.a, pair.b);
    EXPECT_TRUE(answer.pairs.empty() || last < std::pair(pair.a, pair.b)) << "not sorted, or a pair told twice";
    last = {pair.a, pair.b};
    answer.pairs[last] = {pair.resemblance, pair.containment};
  });
  return answer;
}

std::vector<std::uint64_t> read_hashes(std::string_view text) {
  ShingleReader reader;
  const auto hashes = reader.read(text);
  return {hashes.begin(), hashes.end()};
}

std::string words(int from, int to, const std::string& stem = "w") {
  std::string text;
  for (int i = from; i < to; ++i) text += fmt::format("{}{} ", stem, i);
  return text;
}

TEST(NearShingles, are_runs_of_five_different_tokens_in_small_letters) {
  EXPECT_THAT(read_hashes(""), IsEmpty());
  EXPECT_THAT(read_hashes("One two, three: four!"), IsEmpty());
  const auto one = read_hashes("One two, three: four five");
  EXPECT_EQ(one.size(), 1u);
  EXPECT_EQ(read_hashes("  oNE\ntwo\t(three) FOUR... five?"), one);
  EXPECT_EQ(read_hashes("one two three four five one two three four five").size(), 5u);
  std::string repeated;
  for (int i = 0; i < 1000; ++i) repeated += "one two three four five ";
  EXPECT_EQ(read_hashes(repeated).size(), 5u);
}

TEST(NearShingles, take_letters_of_all_scripts_and_part_at_marks) {
  EXPECT_EQ(read_hashes("ÄRGER Über Паром ΟΔΟΣ x_1"), read_hashes("ärger über паром οδος X_1"));
  EXPECT_NE(read_hashes("a b c d ΟΔΟΣ"), read_hashes("a b c d οδοσ"));
  EXPECT_EQ(read_hashes("a b c d ΣΑΣ"), read_hashes("a b c d σας"));
  EXPECT_EQ(read_hashes("a b c İz"), read_hashes("a b c i z"));
  EXPECT_EQ(read_hashes("a b c e\u0301e"), read_hashes("a b c e e"));
  EXPECT_EQ(read_hashes("a b c d x²"), read_hashes("A B C D X²"));
  EXPECT_THAT(read_hashes("渡船搁浅"), IsEmpty());
  EXPECT_EQ(read_hashes("渡船搁浅了").size(), 1u);
  EXPECT_EQ(read_hashes("渡船 搁、浅了"), read_hashes("渡船搁浅了"));
  EXPECT_EQ(read_hashes("A4渡船bC。"), read_hashes("a4 渡 船 bc"));
  EXPECT_EQ(read_hashes("A4渡船bC。d"), read_hashes("a4 渡 船 bc d"));
  EXPECT_EQ(read_hashes("เรือเกยตื้น").size(), shingles_of(tokens_of("เรือเกยตื้น")).size());
}

TEST(NearShingles, part_at_bytes_that_are_no_letters) {
  EXPECT_EQ(read_hashes("a b c d\xFF"
                        "e"),
            read_hashes("a b c d e"));
  EXPECT_EQ(read_hashes("a b c d e\xC3"), read_hashes("a b c d e"));
  EXPECT_EQ(read_hashes("a b c d e\xE6\xB8"), read_hashes("a b c d e"));
}

/// A text of letters that are dealt with in different ways.
rc::Gen<std::string> any_text() {
  static const std::vector<std::string> letters = {
      "a", "B", "b", " ",  " ",  " ",  "_",  "7", ".", "'", "é", "É", "ß", "ж",       "Ж",      "Σ", "σ", "ς",
      "İ", "ı", "I", "渡", "船", "カ", "ー", "ก", "ို",  "ב", "ا", "١", "²", "e\u0301", "\u00ad", "𝐀", "𐐀", "€"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(letters)),
                      [](const std::vector<std::string>& some) {
                        std::string text;
                        for (const auto& one : some) text += one;
                        return text;
                      });
}

RC_GTEST_PROP(NearShingles, are_as_many_and_as_equal_as_the_strings, ()) {
  const auto text = *any_text(), other = *any_text();
  const auto shingles = shingles_of(tokens_of(text)), of_other = shingles_of(tokens_of(other));
  const auto hashes = read_hashes(text), hashes_of_other = read_hashes(other);
  RC_ASSERT(hashes.size() == shingles.size());
  RC_ASSERT(hashes_of_other.size() == of_other.size());
  const std::set<std::uint64_t> set(hashes.begin(), hashes.end());
  RC_ASSERT(set.size() == hashes.size());
  const auto shared =
      std::count_if(shingles.begin(), shingles.end(), [&](const auto& one) { return of_other.contains(one); });
  RC_ASSERT(shared == std::count_if(hashes_of_other.begin(), hashes_of_other.end(),
                                    [&](std::uint64_t hash) { return set.contains(hash); }));
}

/// Texts that were made from each other: copies, cuts, edits, additions, and a form that many share.
std::vector<std::string> related_texts(std::mt19937& random, std::size_t count) {
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  std::vector<std::vector<std::string>> texts;
  std::vector<std::string> form;
  for (int i = 0; i < 40; ++i) form.push_back(fmt::format("form{}", i));
  while (texts.size() < count) {
    std::vector<std::string> text;
    if (!texts.empty() && below(3) != 0) text = texts[below(texts.size())];
    if (below(3) == 0) {
      const auto vocabulary = below(2) ? std::size_t{12} : std::size_t{5000};
      for (auto more = below(60); more > 0; --more) text.push_back(fmt::format("w{}", below(vocabulary)));
    }
    if (below(4) == 0)
      text.insert(text.begin() + static_cast<std::ptrdiff_t>(below(text.size() + 1)), form.begin(), form.end());
    for (auto edits = below(6); edits > 0 && !text.empty(); --edits)
      text[below(text.size())] = fmt::format("e{}", below(99));
    if (below(4) == 0) text.resize(below(text.size() + 1));
    if (below(8) == 0) text.insert(text.end(), text.begin(), text.end());
    texts.push_back(text);
  }
  std::vector<std::string> joined;
  for (const auto& text : texts) {
    joined.emplace_back();
    for (const auto& word : text) joined.back() += word + " ";
  }
  return joined;
}

TEST(NearDuplicates, are_those_found_by_comparing_every_pair) {
  std::size_t pairs = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const auto texts = related_texts(random, 4 + seed);
    for (const NearThresholds& thresholds :
         {NearThresholds{0.5, {}}, NearThresholds{0.8, {}}, NearThresholds{0.7, 0.9}, NearThresholds{{}, 0.8},
          NearThresholds{1.0, {}}, NearThresholds{1.0, 1.0}, NearThresholds{0.05, {}}, NearThresholds{0.5, 0.1},
          NearThresholds{1.0 / 3, 2.0 / 3}, NearThresholds{{}, {}}}) {
      const auto found = answer_to(texts, thresholds).pairs;
      const auto truth = pairs_among_all(texts, thresholds);
      ASSERT_EQ(found, truth) << "seed " << seed << ", resemblance " << thresholds.resemblance.value_or(-1)
                              << ", containment " << thresholds.containment.value_or(-1);
      pairs += truth.size();
    }
  }
  EXPECT_GT(pairs, 2000u);
}

TEST(NearDuplicates, include_those_that_just_reach_the_threshold) {
  // 14 tokens are 10 shingles; of two texts that share the first 9 tokens, 5 of 15; of one within the other, all.
  const std::vector<std::string> texts = {words(0, 14), words(0, 9) + words(100, 105), words(0, 9)};
  const auto found = answer_to(texts, {1.0 / 3, {}}).pairs;
  EXPECT_EQ(found, (Pairs{{{0, 1}, {5.0 / 15, 5.0 / 10}}, {{0, 2}, {0.5, 1}}, {{1, 2}, {0.5, 1}}}));
  EXPECT_EQ(answer_to(texts, {1.0 / 3 + 1e-6, {}}).pairs.size(), 2u);
}

TEST(NearDuplicates, pair_no_text_without_shingles) {
  EXPECT_THAT(answer_to({"", "", "word", "word", "one two three four", "one two three four"}, {0.01, 0.01}).pairs,
              IsEmpty());
}

TEST(NearDuplicates, pair_up_to_a_thousand_equal_texts_with_each_other_and_more_with_the_first) {
  const auto text = words(0, 30);
  const std::vector<std::string> thousand(1000, text);
  const auto all = answer_to(thousand, {0.5, {}});
  EXPECT_EQ(all.pairs.size(), 1000u * 999 / 2);
  EXPECT_EQ(all.report.crowds, 0u);

  std::vector<std::string> crowd(10'000, text);
  crowd[3] = words(0, 29);    // nearly the same, behind the first of the crowd
  crowd[0] = words(1, 30);    // and in front of it
  crowd[77] = words(40, 80);  // something else
  const auto some = answer_to(crowd, {0.5, {}});
  EXPECT_EQ(some.report.crowds, 1u);
  EXPECT_EQ(some.report.crowd_documents, 9997u);
  EXPECT_EQ(some.pairs.size(), 9996u + 3);
  EXPECT_TRUE(some.pairs.contains({0, 1}));
  EXPECT_TRUE(some.pairs.contains({0, 3}));
  EXPECT_TRUE(some.pairs.contains({1, 3}));
  for (std::uint32_t b = 4; b < 10'000; ++b) ASSERT_EQ(some.pairs.contains({1, b}), b != 77) << b;
}

TEST(NearDuplicates, of_a_form_that_many_texts_share_cost_no_more_than_the_pairs_there_are) {
  constexpr int count = 4000;
  // Three fifths are the form: no two reach 0.5.
  std::vector<std::string> reports;
  for (int i = 0; i < count; ++i) reports.push_back(words(0, 64, "form") + words(0, 40, fmt::format("own{}x", i)));
  for (const NearThresholds& thresholds :
       {NearThresholds{0.5, {}}, NearThresholds{{}, 0.8}, NearThresholds{0.5, 0.8}}) {
    const auto answer = answer_to(reports, thresholds);
    EXPECT_THAT(answer.pairs, IsEmpty());
    EXPECT_LT(answer.report.looked_at, 10u * count);
    EXPECT_LT(answer.report.compared, 10u * count);
  }
  // The part that is each one's own differs in length, so that some pairs do and others do not.
  std::mt19937 random(7);
  reports.clear();
  for (int i = 0; i < count / 10; ++i) {
    const auto own = std::uniform_int_distribution(25, 90)(random);
    reports.push_back(words(0, 64, "form") + words(0, own, fmt::format("own{}x", i)));
  }
  const auto answer = answer_to(reports, {0.5, {}});
  EXPECT_EQ(answer.pairs, pairs_among_all(reports, {0.5, {}}));
  EXPECT_GT(answer.pairs.size(), 200u);
  EXPECT_LT(answer.report.compared, 2 * answer.pairs.size() + reports.size());
  EXPECT_LT(answer.report.looked_at, 60 * (answer.pairs.size() + reports.size()));
}

TEST(NearDuplicates, of_one_very_long_text_and_many_short_ones) {
  std::vector<std::string> texts = {words(0, 400'000)};
  for (int i = 0; i < 50; ++i) texts.push_back(words(i * 7000, i * 7000 + 30));
  texts.push_back(words(0, 400'000) + "more");
  const auto found = answer_to(texts, {0.5, 0.8}).pairs;
  EXPECT_EQ(found.size(), 101u);
  EXPECT_EQ(found.at({0, 17}).containment, 1);
  EXPECT_GT(found.at({0, 51}).resemblance, 0.99999);
}

}  // namespace
}  // namespace depesche::copies
