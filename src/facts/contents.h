#pragma once

#include <vector>

#include "facts/frames.h"

namespace depesche::facts {

/// What one frame attributes.
struct Content {
  std::vector<Span> spans;  ///< empty where it attributes nothing
  StatementKind kind = StatementKind::indirect;
  bool is_awaited = false;                ///< the unit ends where what is said would begin: "X said:"
  std::vector<std::size_t> passed_on_by;  ///< frames around it by which it came: "…, according to Y"
  bool is_taken = false;                  ///< belongs to another frame as its relay
};

/// A quotation with fewer words is a name or a scare quote.
inline constexpr std::size_t quoted_words_min = 2;

/// What each frame attributes, beside the frames. A clause ends where the next attribution of its own begins; what is said
/// inside what is said belongs to both.
std::vector<Content> contents_of(const Phrases& phrases, const std::vector<Frame>& frames);

/// The words of a unit's quotation.
Range tokens_of_quotation(const Phrases& phrases, std::size_t quotation);
std::size_t words_in(const Phrases& phrases, Range range);
/// A quotation that begins with a capital and has some length is somebody's sentence, not a word of his in ours.
bool is_whole_clause(const Phrases& phrases, Range quotation);

}  // namespace depesche::facts
