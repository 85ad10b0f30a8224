#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace depesche::text {

/// Words between quotation marks.
struct Quotation {
  Span outer;  ///< with its marks
  Span inner;  ///< without them and without the blanks beside them
};

/// The quotations of one block, in order, the outermost only. A mark without its partner is none.
///
/// With Unclosed::to_the_end a mark that opens at the front of a word and is never closed quotes all that is left: a
/// speech of several paragraphs has a mark at the front of each, and one at the end of the last.
enum class Unclosed : bool { ignored, to_the_end };
std::vector<Quotation> find_quotations(std::string_view words, Unclosed unclosed = Unclosed::ignored);

/// The mark that closes a quotation which the block before left open: the first that can only close, if none opens before it.
std::optional<Span> end_of_open_quotation(std::string_view words);

}  // namespace depesche::text
