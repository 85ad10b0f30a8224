#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// The program of that name on $PATH, or nothing.
std::optional<std::filesystem::path> find_tool(std::string_view name);

/// What a program writes to its standard output. It is started without a shell, so arguments need no quoting; what it
/// says on its standard error is dropped. Fails with `unavailable` where it cannot be started, does not exit with 0, or
/// writes more than any file of ours has.
Result<std::string> run_tool(const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace depesche::knowledge
