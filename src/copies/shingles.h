#pragma once

#include <cstdint>
#include <vector>

#include "core/article.h"
#include "text/text.h"

namespace depesche::copies {

/// One word of the body as matching sees it.
struct Word {
  std::uint64_t form = 0;
  std::uint64_t stem = 0;
  Span span;
  BlockIndex block = 0;
  bool is_quoted = false;  ///< between quotation marks
};

/// The words and numbers of body and subheading blocks, in order, without marks.
struct Body {
  std::vector<Word> words;
  /// shingles[i] is the hash of words i to i + shingle_words - 1 where they stand in one block; 0 where they do not.
  std::vector<std::uint64_t> shingles;
};

Body body_of(const Article& article, const text::Text& text);

}  // namespace depesche::copies
