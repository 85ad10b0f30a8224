#pragma once

#include <optional>
#include <string_view>

#include "core/instant.h"

namespace depesche::intake {

/// A date as machines write it for machines: ISO 8601 and the ways in which it is mistyped ("2024-12-04 10:00:00
/// +0100", "20241204T100000Z", "2024/12/04"), RFC 822 ("Wed, 04 Dec 2024 10:00:00 +0100") and seconds since 1970. Prose
/// in a language is not read here.
std::optional<Instant> read_machine_date(std::string_view text);

}  // namespace depesche::intake
