#pragma once

#include <nlohmann/json_fwd.hpp>

#include "lineage/lineage.h"

namespace depesche::views {

/// `origin` of a dispatch, as the picture and the list of families show it.
nlohmann::ordered_json origin_json(const lineage::Origin& origin);

}  // namespace depesche::views
