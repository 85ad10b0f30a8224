#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/gazetteer.h"

namespace depesche::facts {

/// What a name may mean in one article, and what it is found to mean.
struct NamedPlace {
  std::vector<PlaceId> candidates = {};
  std::optional<PlaceId> inside = {};  ///< what the text itself says it lies in
  bool wants_division = false;         ///< "province of", "County"
  bool wants_town = false;
  std::uint32_t weight = 1;         ///< mentions
  std::vector<PlaceId> meant = {};  ///< the likeliest first
  bool is_told = true;
};

/// Fills `meant` and `is_told` of all names of an article. `home` is the country of its outlet, an ISO code; may be empty.
void choose_senses(std::span<NamedPlace> names, const Gazetteer& gazetteer, std::string_view home);

}  // namespace depesche::facts
