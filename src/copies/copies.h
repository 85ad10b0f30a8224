#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/article.h"
#include "text/text.h"

/// Which articles share passages with which?
///
///   tokens ──shingles──▶ hashes ──inverted index──▶ nominated pairs ──cover──▶ Alignment
///
/// Shingles and containment after Broder, "On the resemblance and containment of documents" (1997). Within one
/// language; what an alignment means (a copy, a cut, whose) is for lineage/ to say.
namespace depesche::copies {

/// Two blocks that say the same, in largely the same words or told anew.
struct BlockLink {
  BlockIndex a = 0;
  BlockIndex b = 0;
  double score = 0;  ///< share of the shorter block's words that stand in shared shingles, in [0, 1]; where reworded,
                     ///< of its different content words
  bool is_reworded = false;

  auto operator<=>(const BlockLink&) const = default;
};

/// What two articles share; `a` stands before `b` in the batch.
struct Alignment {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  std::vector<BlockLink> blocks;                ///< sorted; only body and subheading blocks
  std::vector<std::pair<Span, Span>> passages;  ///< runs of the same words, in the order of a; inside linked blocks
  double share_of_a = 0;                        ///< part of a's body words that stand in such passages, in [0, 1]
  double share_of_b = 0;
  double retold_share_of_a = 0;  ///< part of a's body words in blocks linked in the same order, reworded ones included
  double retold_share_of_b = 0;
  double resemblance = 0;  ///< |A∩B| / |A∪B| of the sets of body shingles, exact, in [0, 1]
  std::uint32_t narrated_words =
      0;  ///< shared words outside quotation marks: two reports of one speech share no others
};

/// The word count of a shingle. Three words are the shortest run that newspapers seldom share by chance, and short
/// enough to survive an edit inside a sentence.
inline constexpr int shingle_words = 3;

/// All pairs of articles that share a linked block, sorted by (a, b). Printings of the same words throughout are
/// aligned with the first of them only, so that ten thousand copies cost ten thousand alignments.
std::vector<Alignment> match(std::span<const Article> articles, std::span<const text::Text> texts);

/// What two given articles share, nominated or not; their indices are taken as 0 and 1.
Alignment align(const Article& a, const text::Text& a_text, const Article& b, const text::Text& b_text);

}  // namespace depesche::copies
