#pragma once

#include "knowledge/draft.h"

namespace depesche::knowledge {

/// Countries, months, weekdays, number words and number formats, as the ICU at hand has them from Unicode CLDR. The
/// countries come first: names from elsewhere refer to them.
void add_cldr(Draft& draft);

/// "ICU 72.1 (CLDR 42.0)"
std::string name_of_icu();

}  // namespace depesche::knowledge
