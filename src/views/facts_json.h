#pragma once

#include <nlohmann/json_fwd.hpp>

#include "views/views.h"

namespace depesche::views {

/// The facts of one kind as the picture shows them, each with its `evidence`.
nlohmann::ordered_json facts_json(const Picture& picture, const knowledge::Knowledge& knowledge, FactKind kind);

}  // namespace depesche::views
