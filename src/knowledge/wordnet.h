#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// What is taken from WordNet (Miller, 1995; the format is wndb(5WN) and senseidx(5WN)).
struct WordNet {
  /// An adjective and the noun that it pertains to: "Syrian", "Syria".
  std::vector<std::pair<std::string, std::string>> pertaining;
  /// An irregular form and its lemma: "went", "go".
  std::vector<std::pair<std::string, std::string>> irregular;
  /// Names of persons, of one word: the first and the last of names of several. What is a common noun as well counts as a
  /// first name only where several persons have it ("Mark"), as a last name never.
  std::vector<std::string> given_names, family_names;
  /// Capitals and what they lie in, by each of its names: "Ankara", "Turkey".
  std::vector<std::pair<std::string, std::string>> capitals;
  /// How often each word, in small letters, stands in the definitions and examples; where words were counted by sense in
  /// running text, these counts as well.
  std::unordered_map<std::string, std::uint32_t> counts;
};

/// `folder` holds data.adj and its fellows. Fails with io or bad_input, naming the file.
Result<WordNet> read_wordnet(const std::filesystem::path& folder);

}  // namespace depesche::knowledge
