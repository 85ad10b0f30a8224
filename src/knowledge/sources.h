#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "knowledge/knowledge.h"

namespace depesche::knowledge {

/// Where everything stands that the compiled file is made from. Finding it reads no file, only folders: `open` does so
/// each time.
struct Sources {
  struct PackFolder {
    std::string tag;  ///< the folder's name
    std::vector<std::filesystem::path> files;
  };

  std::filesystem::path data;
  std::vector<PackFolder> packs;                   ///< by name, with their files by name
  std::optional<std::filesystem::path> library;    ///< libgeonames.so.0
  std::optional<std::filesystem::path> gresource;  ///< the tool that reads it
  std::filesystem::path locale;
  /// geonames.mo of each language whose names are read; nothing where it is not there.
  std::vector<std::pair<std::string, std::optional<std::filesystem::path>>> town_names;

  /// Changes with the format of the file, the ICU, and the path, size or time of any file above.
  std::uint64_t fingerprint = 0;
};

/// Fails with not_found, naming what was tried, where there is no data folder.
Result<Sources> find_sources(const Options& options);

/// The bytes of a file, or io.
Result<std::string> read_file(const std::filesystem::path& file);

}  // namespace depesche::knowledge
