#pragma once

#include <span>
#include <vector>

#include "facts/facts.h"
#include "facts/statements.h"
#include "knowledge/agencies.h"

namespace depesche::facts {

/// What one article contributes to the linking of actors.
struct ArticleMouths {
  std::vector<Attribution> attributions;
  FullNames full_names;
  std::vector<Credit> credits;
};

/// One actor for all forms of a name in the pile. Sets Statement::actor of each attribution; actors are sorted by name.
std::vector<Actor> link_actors(std::span<const Article> articles, std::span<const text::Text> texts,
                               const knowledge::Agencies& agencies, const knowledge::Knowledge& knowledge,
                               std::span<ArticleMouths> mouths);

}  // namespace depesche::facts
