#pragma once

#include <span>
#include <vector>

#include "copies/copies.h"
#include "facts/facts.h"
#include "lineage/lineage.h"

namespace depesche::lineage {

/// Dates articles that do not say when they were written, or only the month, by what other articles of the pile date: an event
/// of "Wednesday" that another calls that of 27 November leaves seven days, and a "Saturday" told as today one of them. Changes those of
/// `written` without a day, where the pile leaves one; a day that nothing tells from its neighbours stays open.
void infer_dates(std::span<const Article> articles, std::span<const text::Text> texts,
                 std::span<const copies::Body> bodies, const facts::Facts& facts,
                 const knowledge::Knowledge& knowledge, std::vector<Written>& written);

}  // namespace depesche::lineage
