#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "views/views.h"

namespace depesche::views {

/// How the picture shows passages, actors and dispatches: what json.cc lends to the views of single facts.
struct Shown {
  std::function<nlohmann::ordered_json(ArticleIndex, BlockIndex, Span)> evidence;
  std::span<const std::string> actor_ids;  ///< beside Facts::actors
  const std::map<std::pair<ArticleIndex, BlockIndex>, std::vector<std::string>>&
      sources;  ///< the dispatches of a block
};

}  // namespace depesche::views
