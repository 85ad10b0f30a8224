#pragma once

#include "knowledge/draft.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {

/// Reads the language packs. A file with a mistake in it is named in the ingredients; the rest of its pack is kept.
void add_packs(Draft& draft, const Sources& sources);

}  // namespace depesche::knowledge
