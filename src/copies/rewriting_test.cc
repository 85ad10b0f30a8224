#include "copies/rewriting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "support.h"

namespace depesche::copies {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Comparison compared(const std::string& a, const std::string& b) {
  const auto x = article_of(a, "a");
  const auto y = article_of(b, "b");
  const auto x_text = text::annotate(x, knowledge());
  const auto y_text = text::annotate(y, knowledge());
  return compare(x, x_text, body_sentences(x, x_text), y, y_text, body_sentences(y, y_text));
}

Rewriting graded(const std::string& a, const std::string& b) {
  const auto grade_of_ab = grade(compared(a, b));
  EXPECT_EQ(grade_of_ab, grade(compared(b, a))) << "the grade hangs on which is told first";
  return grade_of_ab;
}

const std::string original =
    "The ferry to the outer islands ran aground at dawn on a sandbank that the spring tides had moved. "
    "None of the ninety passengers was hurt, but they had to wait in the cold until a tug came from the mainland. "
    "It pulled the ship free shortly before noon, when the water stood at its highest.\n"
    "The harbour office had warned all captains of the sandbank a week before. "
    "Whether the warning reached the bridge of the ferry is now for a board of inquiry to find out. "
    "Until it reports, the company will run a smaller ship that takes no cars. "
    "The islanders, who live by the visitors of the summer, fear for the season and have asked the government for "
    "help.";

const std::string edited =
    "The ferry to the outer islands ran aground early in the morning on a sandbank that the spring tides had moved. "
    "No passenger was injured, but all ninety had to wait in the cold until a tug came from the mainland. "
    "It towed the ship off shortly before noon, at high water.\n"
    "The harbour office had warned all captains of the sandbank a week before. "
    "A board of inquiry is to find out whether the warning reached the bridge of the ferry. "
    "The company will run a smaller ship without cars until then. "
    "The islanders live by the visitors of the summer; they fear for the season and want help from the government.";

const std::string retold =
    "On a sandbank which spring tides had moved, the ferry of the outer islands ran aground at dawn. "
    "Its ninety passengers, none of them hurt, waited in the cold for the tug from the mainland. "
    "Shortly before noon the water was highest and the ship was pulled free.\n"
    "A week before, captains had all been warned of this sandbank by the harbour office. "
    "A board of inquiry must now find whether that warning reached the ferry and its bridge. "
    "A smaller ship, taking no cars, will run for the company until the board reports. "
    "Fearing for a season of few summer visitors, by whom they live, islanders asked for government help.";

const std::string other_report =
    "Dozens of people spent five hours aboard a stranded vessel near Norrum on Tuesday. "
    "According to the coast guard, the ship hit shallow ground in calm weather, and nobody needed a doctor. "
    "Divers looked at the hull in the afternoon and found only scratches.\n"
    "The mayor of Norrum said the accident showed how badly the channel was marked. "
    "Two years ago a trawler had been stuck at nearly the same place. "
    "A spokesman for the owner said that timetables would be changed and tickets refunded.";

TEST(Rewriting, is_a_near_copy_where_little_was_changed) {
  EXPECT_EQ(graded(original, original), Rewriting::near_copy);
  EXPECT_EQ(graded(original, original.substr(0, original.find('\n'))), Rewriting::near_copy);
}

TEST(Rewriting, is_light_where_stretches_were_kept) { EXPECT_EQ(graded(original, edited), Rewriting::light); }

TEST(Rewriting, is_heavy_where_all_was_told_anew) { EXPECT_EQ(graded(original, retold), Rewriting::heavy); }

TEST(Rewriting, is_none_between_two_reports_of_one_event) {
  EXPECT_EQ(graded(original, other_report), Rewriting::none);
}

TEST(Rewriting, is_not_seen_in_quotations_and_names_that_two_reports_share) {
  const std::string speech =
      "\"We shall not leave a single islander without a passage, and we shall not ask one of you for a penny more than "
      "you paid before this ship was built\", ";
  const auto both = compared(
      speech +
          "Mayor Ilse Brandt of Norrum told the Harbour Council on Monday. Opponents doubted that this can be paid.",
      speech +
          "said Norrum's Mayor Ilse Brandt before the Harbour Council on Monday, to long applause in a full hall.");
  EXPECT_GT(both.share_of_a, 0.5);
  EXPECT_LT(both.plain_words, 8u);
  EXPECT_EQ(grade(both), Rewriting::none);
}

TEST(Rewriting, of_equal_short_texts_is_a_near_copy_and_of_equal_names_is_none) {
  const std::string line = "The ferry was late again, as it had been on each of the last four days.";
  EXPECT_EQ(graded(line, line), Rewriting::near_copy);
  EXPECT_EQ(graded("Ilse Brandt, Norrum", "Ilse Brandt, Norrum"), Rewriting::none);
}

TEST(Rewriting, counts_shares_by_words) {
  const auto both = compared("one two three four five six. seven eight", "nine one two three four five ten");
  EXPECT_EQ(both.words_of_a, 8u);
  EXPECT_EQ(both.words_of_b, 7u);
  EXPECT_DOUBLE_EQ(both.share_of_a, 5.0 / 8);
  EXPECT_DOUBLE_EQ(both.share_of_b, 5.0 / 7);
  EXPECT_DOUBLE_EQ(both.resemblance, 1.0 / 6);  // of four and three runs of five, one is shared
  EXPECT_DOUBLE_EQ(both.containment, 1.0 / 3);
  EXPECT_DOUBLE_EQ(both.verbatim, 0);
}

TEST(Rewriting, of_nothing_is_none) {
  for (const auto& [a, b] : {std::pair("", ""), {"", "A ferry ran aground."}, {"…", "—"}}) {
    const auto both = compared(a, b);
    EXPECT_EQ(both.share_of_a + both.share_of_b + both.resemblance + both.containment + both.evidence, 0);
    EXPECT_EQ(grade(both), Rewriting::none);
  }
}

/// Any words in any order: shares stay shares, and a text is all of itself.
RC_GTEST_PROP(RewritingProperty, shares_are_shares, ()) {
  const auto words = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
  const auto text_of = [](const std::vector<int>& numbers) {
    static const std::array<const char*, 12> vocabulary = {"ferry", "the", "Norrum", "dawn.",  "7",    "\"late\"",
                                                           "ran",   "on",  "a",      "tide\n", "ship", "was"};
    std::string text;
    for (const int number : numbers) text += std::string(vocabulary[static_cast<std::size_t>(number)]) + " ";
    return text;
  };
  const std::string a = text_of(*words);
  const auto both = compared(a, text_of(*words));
  for (const double value : {both.share_of_a, both.share_of_b, both.linked_share_of_a, both.linked_share_of_b,
                             both.resemblance, both.containment, both.verbatim, both.evidence}) {
    RC_ASSERT(value >= 0 && value <= 1);
  }
  RC_ASSERT(both.resemblance <= both.containment);
  const auto same = compared(a, a);
  if (same.words_of_a >= 8) RC_ASSERT(same.share_of_a == 1 && same.containment == 1 && same.verbatim == 1);
}

}  // namespace
}  // namespace depesche::copies
