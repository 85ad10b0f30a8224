#pragma once

#include <cstdint>
#include <vector>

#include "facts/facts.h"

namespace depesche::views {

/// The actors that have a name, into Facts::actors, the most mentioned first.
std::vector<std::uint32_t> named_actors(const facts::Facts& facts);

}  // namespace depesche::views
