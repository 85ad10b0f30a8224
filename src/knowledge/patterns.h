#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "knowledge/rules.h"

namespace depesche::knowledge {

/// Tries the patterns (fields `line`) of a rule and adds to each a field `literals`, in the same order: what a line
/// must hold one of, in small letters and parted by tabs, or "*" where nothing can be said. Fails with bad_input where
/// a pattern is none.
Result<void> add_literals(Rule& rule, std::string_view file);

/// The literals of one such field; empty for "*".
std::vector<std::string_view> literals_of(std::string_view field);

}  // namespace depesche::knowledge
