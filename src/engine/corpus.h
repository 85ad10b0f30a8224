#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "copies/copies.h"
#include "intake/intake.h"
#include "knowledge/knowledge.h"
#include "lineage/lineage.h"

namespace depesche {

/// What is kept of a crawl that is asked only who prints what: no text, about five kilobytes an article.
struct Corpus {
  std::vector<lineage::Printing> printings;  ///< sorted by id; ids are unique
  std::vector<copies::Body> bodies;          ///< beside the printings
  std::vector<std::uint32_t> arrival;        ///< beside the printings: when each was read, from 0
  intake::Leftovers leftovers;
};

/// Reads articles one after the other and forgets their texts. The same bytes give the same corpus, whatever the number
/// of threads or the order of `paths`.
///
/// `each`, where given, is shown every article with its language before it is forgotten, in the order of arrival.
Corpus gather(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const intake::Options& options,
              const std::function<void(const Article&, Language)>& each = {});

}  // namespace depesche
