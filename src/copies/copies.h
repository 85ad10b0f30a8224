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
  /// Sorted; only body and subheading blocks.
  std::vector<BlockLink> blocks;
  /// Runs of the same words, in the order of a; inside linked blocks.
  std::vector<std::pair<Span, Span>> passages;
  /// Part of each one's body words that stand in such passages, in [0, 1].
  double share_of_a = 0;
  double share_of_b = 0;
  /// Part of each one's body words in blocks linked in the same order, reworded ones included, in [0, 1].
  double retold_share_of_a = 0;
  double retold_share_of_b = 0;
  /// |A∩B| / |A∪B| of the sets of body shingles, exact, in [0, 1].
  double resemblance = 0;
  /// The same words in the same blocks throughout; `a` is then the first of its kind.
  bool is_twin = false;
  /// Shared words outside quotation marks: two reports of one speech share no others.
  std::uint32_t narrated_words = 0;
};

/// The word count of a shingle. Three words are the shortest run that newspapers seldom share by chance, and short
/// enough to survive an edit inside a sentence.
inline constexpr int shingle_words = 3;

/// Pairs of articles that share a linked block, sorted by (a, b). Printings of the same words in the same blocks are
/// aligned with the first of them only, so that ten thousand equal articles cost ten thousand alignments; of very many
/// printings that are nearly equal each is aligned with some of the others.
std::vector<Alignment> match(std::span<const Article> articles, std::span<const text::Text> texts);

/// What two given articles share, nominated or not; their indices are taken as 0 and 1.
Alignment align(const Article& a, const text::Text& a_text, const Article& b, const text::Text& b_text);

}  // namespace depesche::copies
