#pragma once

#include "knowledge/draft.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {

/// Towns and their names in other languages; the countries must be there already. What is missing on this machine is
/// said in the ingredients, with the package that has it.
void add_geonames(Draft& draft, const Sources& sources);

}  // namespace depesche::knowledge
