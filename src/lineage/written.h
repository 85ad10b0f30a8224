#pragma once

#include <span>
#include <vector>

#include "lineage/lineage.h"

namespace depesche::lineage {

/// When each article was written, from its own dateline and metadata, then from printings of the same dispatch that
/// kept theirs.
std::vector<Written> date_articles(std::span<const Article> articles, const facts::Facts& facts,
                                   std::span<const Dispatch> dispatches);

}  // namespace depesche::lineage
