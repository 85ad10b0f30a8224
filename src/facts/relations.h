#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/article.h"

namespace depesche::facts {

enum class RelationKind : std::uint8_t {
  ally_of,
  supports,
  opposes,
  part_of,
  dominated_by,
  formerly,  ///< was called, or was part of, before
  led_by,
  spokesperson_of,
  guarantor_of,
  holds_office_in,  ///< minister, president, commander of a state or body
};

/// "ally of", "supports", …
std::string_view name_of(RelationKind kind);

/// What one actor is to another, as one passage states it.
struct Relation {
  std::uint32_t a = 0;  ///< into Facts::actors
  RelationKind kind = RelationKind::ally_of;
  std::uint32_t b = 0;  ///< into Facts::actors
  BlockIndex block = 0;
  Span span;                          ///< from the first to the last word that states it
  std::optional<std::uint32_t> time;  ///< into the article's times: since when, or when
  bool is_former = false;             ///< said to be over: "ancien allié"
};

}  // namespace depesche::facts
