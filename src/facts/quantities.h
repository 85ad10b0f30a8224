#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/article.h"

namespace depesche::facts {

/// What is counted or measured.
enum class QuantityKind : std::uint8_t {
  dead,
  wounded,
  missing,
  displaced,
  arrested,     ///< captured and held hostage too
  troops,       ///< soldiers and fighters of whom no more is said
  people,       ///< any others: protesters, inhabitants, voters
  settlements,  ///< villages, towns
  vehicles,     ///< tanks, aircraft, ships
  strikes,      ///< raids, shells, rockets
  distance,     ///< in the unit printed
  area,         ///< in the unit printed
  money,
  share,  ///< per cent
};

/// "dead", "wounded", …
std::string_view name_of(QuantityKind kind);
std::optional<QuantityKind> quantity_kind_of(std::string_view name);

/// How many, as printed: "au moins 12 morts" is 12 or more, "des dizaines" 20 to 99, "rund 10 km" about 10.
struct Quantity {
  BlockIndex block = 0;
  Span
      span;  ///< the number with what qualifies it, what is counted, and the word that tells its kind where that stands beside them
  Span number;  ///< the number or the words for it alone
  QuantityKind kind = QuantityKind::people;
  std::optional<double> value;  ///< in `unit`; the one figure that is named; nothing for "10 to 20" and "dozens"
  std::optional<double> low;    ///< equal to `value` where it is exact; nothing where open: "up to 12"
  std::optional<double> high;   ///< nothing where open: "at least 12"
  bool is_approximate = false;
  std::string_view
      unit;   ///< "km", "m", "km2", "%", an ISO 4217 code; empty for things counted. Lives as long as the knowledge
  Span what;  ///< what is counted, as printed: "soldats"; empty where a number stands alone: "killed 12"
  std::optional<std::uint32_t> statement;  ///< into the article's statements: within whose content it stands
};

}  // namespace depesche::facts
