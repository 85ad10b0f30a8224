#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// Pairs of lemmas of a compiled bilingual dictionary of Apertium (*.autobil.bin), read with `lt-print`. Fails where the tool is
/// missing, does not understand the file, or finds no words in it.
Result<std::vector<std::pair<std::string, std::string>>> read_apertium(
    const std::optional<std::filesystem::path>& lt_print, const std::filesystem::path& file);

}  // namespace depesche::knowledge
