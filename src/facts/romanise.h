#pragma once

#include <string>
#include <string_view>

namespace depesche::facts {

/// Latin letters for names in other scripts, by ICU; Latin names keep their accents.
std::string romanised(std::string_view name);

}  // namespace depesche::facts
