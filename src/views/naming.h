#pragma once

#include "views/shown.h"

namespace depesche::views {

/// Who calls whom what.
nlohmann::ordered_json naming_json(const Picture& picture, const Shown& shown);

}  // namespace depesche::views
