#pragma once

#include <string_view>

namespace depesche {

/// The file of a person's decisions beside a pile (docs/formats/decisions.md): it is written by some rooms, passed over by
/// others.
inline constexpr std::string_view decisions_file_name = "depesche.decisions.toml";

}  // namespace depesche
