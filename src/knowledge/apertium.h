#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// What is taken from a bilingual dictionary of Apertium.
struct ApertiumWords {
  std::vector<std::pair<std::string, std::string>> lemmas;  ///< in pairs
  std::vector<std::string> given_names;                     ///< of persons, in either language
};

/// Of a compiled dictionary (*.autobil.bin), read with `lt-print`. Fails where the tool is missing, does not understand the file,
/// or finds no words in it.
Result<ApertiumWords> read_apertium(const std::optional<std::filesystem::path>& lt_print,
                                    const std::filesystem::path& file);

}  // namespace depesche::knowledge
