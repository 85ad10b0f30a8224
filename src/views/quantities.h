#pragma once

#include "views/shown.h"

namespace depesche::views {

/// Each quantity of each dispatch once, with its passages in all printings: a copy says nothing new, and adds nothing up.
nlohmann::ordered_json quantities_json(const Picture& picture, const Shown& shown);

}  // namespace depesche::views
