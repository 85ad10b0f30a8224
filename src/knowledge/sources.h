#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
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

  struct Dictionary {
    std::string from, to;  ///< ISO 639-1
    std::filesystem::path index;
    std::string package, licence;
    bool is_mueller = false;
  };
  struct ApertiumPair {
    std::string from, to;  ///< ISO 639-1
    std::filesystem::path file;
    std::string package;
  };
  std::vector<Dictionary> dictionaries;                                   ///< by name
  std::vector<std::pair<std::string, std::string>> missing_dictionaries;  ///< that Debian has and this machine has not
  std::vector<ApertiumPair> apertium;
  std::optional<std::filesystem::path> lt_print;  ///< the tool that reads them
  std::optional<std::filesystem::path> wordnet;   ///< the folder with data.noun
  /// The folder with the lists of Faker. Where dictionaries are looked for elsewhere than Debian has them, it is `faker` among them.
  std::optional<std::filesystem::path> person_names;

  /// Changes with the format of the file, the ICU, and the path, size or time of any file above.
  std::uint64_t fingerprint = 0;
};

/// Fails with not_found, naming what was tried, where there is no data folder.
Result<Sources> find_sources(const Options& options);

/// The Debian package of the FreeDict dictionary between two languages (ISO 639-1).
std::string dictionary_package(std::string_view from, std::string_view to);

/// "libgeonames0 0.3.0-1"; without a version where dpkg does not know.
std::string with_version(const std::string& package);

/// The bytes of a file, or io.
Result<std::string> read_file(const std::filesystem::path& file);

}  // namespace depesche::knowledge
