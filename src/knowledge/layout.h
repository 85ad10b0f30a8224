#pragma once

#include <cstdint>
#include <string>

#include "knowledge/draft.h"

namespace depesche::knowledge {

/// The bytes of the compiled file, as format.h describes it. The names of the draft are sorted. The same draft gives
/// the same bytes.
std::string lay_out(const Draft& draft, std::uint64_t fingerprint);

}  // namespace depesche::knowledge
