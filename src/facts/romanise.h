#pragma once

#include <string>
#include <string_view>

namespace depesche::facts {

/// Whether any of its letters is not Latin.
bool has_letters_of_another_script(std::string_view name);

/// Latin letters for names in other scripts, by ICU; Latin names keep their accents.
std::string romanised(std::string_view name);

}  // namespace depesche::facts
