#pragma once

#include <cstdint>
#include <string_view>

namespace depesche::facts {

/// How real the text makes what is said or told.
enum class Modality : std::uint8_t {
  asserted,     ///< in the article's own voice
  reported,     ///< in the mouth of a speaker, or in a form that says so ("aurait pris", "soll")
  denied,       ///< said not to be so
  planned,      ///< to come: announced, threatened, asked for
  conditional,  ///< if, unless, could
};

std::string_view name_of(Modality modality);

}  // namespace depesche::facts
