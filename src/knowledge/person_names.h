#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// Names that persons bear in one country or another, of one word each, as they are printed there.
struct PersonNames {
  struct Locale {
    std::string language;  ///< ISO 639-1
    std::vector<std::string> given_names, family_names;
  };
  std::vector<Locale> locales;  ///< by the names of their folders
};

/// Reads the lists of names of Faker (Faraglia, Expat licence; Debian's python3-fake-factory): `folder` holds a folder for each
/// locale ("ru_RU") with one Python file. Fails with io, or with not_found where no locale is there.
Result<PersonNames> read_person_names(const std::filesystem::path& folder);

}  // namespace depesche::knowledge
