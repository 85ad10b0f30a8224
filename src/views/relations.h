#pragma once

#include "views/shown.h"

namespace depesche::views {

/// Each relation between two actors once, with all passages that state it and the dispatches they stand in.
nlohmann::ordered_json relations_json(const Picture& picture, const Shown& shown);

}  // namespace depesche::views
