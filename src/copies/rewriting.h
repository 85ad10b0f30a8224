#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copies/sentences.h"
#include "core/article.h"
#include "text/text.h"

/// How much of one text was made from another?
///
/// Grades after Clough & Stevenson, "Developing a corpus of plagiarised short answers" (2011): near copy, light revision,
/// heavy revision, none. Shingles, resemblance and containment after Broder, "On the resemblance and containment of
/// documents" (1997).
namespace depesche::copies {

enum class Rewriting : std::uint8_t {
  none,       ///< written apart, though it may tell of the same event and quote the same people
  heavy,      ///< told anew: the same said in the same order of thought, hardly a sentence kept
  light,      ///< edited: whole stretches kept between words that were changed
  near_copy,  ///< kept throughout, but for a cut or a word here and there
};

std::string_view name_of(Rewriting grade);

/// What two texts have in common. Shares are of words and numbers, marks not counted; all but the
/// counts are in [0, 1].
struct Comparison {
  std::uint32_t words_of_a = 0;
  std::uint32_t words_of_b = 0;
  std::vector<SentenceLink> links;
  /// Part of each one's words that stand in runs of four words and more that the other has too, by stems.
  double share_of_a = 0;
  double share_of_b = 0;
  /// Part of each one's words that stand in linked sentences, each as much as its link scores.
  double linked_share_of_a = 0;
  double linked_share_of_b = 0;
  /// |A∩B| / |A∪B| and |A∩B| / min(|A|, |B|) of the sets of five consecutive forms, exact; 0 where one has none.
  double resemblance = 0;
  double containment = 0;
  /// Of the words of the shorter text whose stems the longer has as well, the part in runs of eight and more.
  double verbatim = 0;
  /// Words that linked sentences share and that are neither capitalised nor numbers nor quoted, each once for each time it
  /// stands on both sides.
  std::uint32_t plain_words = 0;
  /// That the shorter text was made from the other, or both from a third: what they share of wording, which leaves out
  /// names, numbers and quotations, in proportion to the length of the shorter.
  double evidence = 0;
};

/// `a_sentences` and `b_sentences` are what of the texts is compared, as by `body_sentences`. Linear in the words but
/// for link_sentences.
Comparison compare(const Article& a, const text::Text& a_text, std::span<const text::Sentence> a_sentences,
                   const Article& b, const text::Text& b_text, std::span<const text::Sentence> b_sentences);

/// By `evidence` whether anything was made from anything, then by `verbatim` and the share of the shorter how. A text too
/// short to give evidence is a near copy where it stands in the other from end to end, more than a quotation or a name.
Rewriting grade(const Comparison& comparison);

}  // namespace depesche::copies
