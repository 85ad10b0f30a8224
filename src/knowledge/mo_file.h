#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// The messages of a GNU gettext .mo file of either byte order: key and translation, views into `bytes`, in the order
/// of the file. The header message and what is not UTF-8 are left out; of a plural the first form is given. Fails with
/// bad_input, naming `file`, where a table or a string lies outside the file.
///
/// GNU gettext manual, "The Format of GNU MO Files".
Result<std::vector<std::pair<std::string_view, std::string_view>>> parse_mo(std::string_view bytes,
                                                                            std::string_view file);

}  // namespace depesche::knowledge
