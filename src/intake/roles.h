#pragma once

#include "core/article.h"
#include "intake/machinery.h"
#include "knowledge/knowledge.h"

namespace depesche::intake {

/// Gives each block its role by rules that hold for any site: title, subtitle, subheadings, bylines, datelines,
/// repeats, and the machinery around the article. Finds the title where the article has none, and cuts a crawler's
/// stamp off the first words. Roles that are given already stay. Every role but body gets its reason.
void assign_roles(Article& article, const knowledge::Knowledge& knowledge, const Machinery& machinery);
void assign_roles(Article& article, const knowledge::Knowledge& knowledge);

/// Tells in `repairs` what is damaged in the blocks: letters that were lost (`broken` of them in the decoding of the
/// source), control characters.
void tell_damage(Article& article, std::size_t broken);

}  // namespace depesche::intake
