#pragma once

#include <cstdint>
#include <vector>

namespace depesche::copies {

/// Neighbouring sentences of a and neighbouring ones of b that say the same.
struct SentenceLink {
  std::vector<std::uint32_t> a;  ///< ascending positions in the sentences that were given
  std::vector<std::uint32_t> b;
  /// In one language (sentences.h): weight of the keys they share, each once for each time it stands on both sides, over the
  /// mean weight of the two sides, in [0, 1]; 1 for the same words, in whatever order. Across languages (meanings.h): how sure the
  /// link is, in [0, 1).
  double score = 0;

  bool operator==(const SentenceLink&) const = default;
};

}  // namespace depesche::copies
