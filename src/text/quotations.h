#pragma once

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
std::vector<Quotation> find_quotations(std::string_view words);

}  // namespace depesche::text
