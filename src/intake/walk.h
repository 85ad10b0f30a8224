#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "intake/intake.h"

namespace depesche::intake {

/// A file to be read.
struct Found {
  std::filesystem::path path;  ///< empty for standard input
  std::string source;          ///< as a person would name it, in UTF-8
  std::string id;
  bool is_named = false;    ///< by the user, not found in a folder
  bool is_regular = false;  ///< no pipe or device, so that its size is known
  std::uint64_t bytes = 0;  ///< on the disk
};

/// What the arguments lead to.
struct Walk {
  std::vector<Found> files;  ///< sorted by source; no file twice
  std::vector<Rejected> rejected;
  std::vector<std::string> passed_over;
};

Walk walk(std::span<const std::string> paths);

}  // namespace depesche::intake
