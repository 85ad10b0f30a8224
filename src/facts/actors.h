#pragma once

#include <span>
#include <vector>

#include "facts/facts.h"
#include "facts/mentions.h"
#include "facts/statements.h"

namespace depesche::facts {

/// What one article contributes to the linking of actors.
struct ArticleMouths {
  std::vector<Attribution> attributions;
  std::vector<Credit> credits;
  ArticleActors named;
};

/// The actors of a pile, and where each article names them.
struct LinkedActors {
  std::vector<Actor> actors;                   ///< by name, then key
  std::vector<std::vector<Mention>> mentions;  ///< beside the articles
};

/// One actor for all forms of a name in the pile. Sets Statement::actor of each attribution.
LinkedActors link_actors(std::span<const Article> articles, std::span<const text::Text> texts,
                         const ActorKnowledge& shared, std::span<ArticleMouths> mouths);

}  // namespace depesche::facts
