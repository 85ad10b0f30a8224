#pragma once

#include "knowledge/draft.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {

/// Adds what words of the ten languages mean, by way of English: from FreeDict, Mueller and Apertium dictionaries, WordNet,
/// and the names that are in the draft. Comes after cldr.cc, geonames.cc and packs.cc.
void add_lexicon(Draft& draft, const Sources& sources);

}  // namespace depesche::knowledge
