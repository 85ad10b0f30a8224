#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/knowledge.h"

namespace depesche::text {

/// A letter of any script in Latin ones from a to z, as ICU has it; empty where there are none. Slow: for letters seldom met.
std::string latin_letters(char32_t c);

/// How words sound across languages and scripts, roughly: enough to find Zakharova, Sacharowa and Захарова alike.
class Sounds {
 public:
  Sounds(const knowledge::Knowledge& knowledge, Language language);

  /// The consonants of a word in six classes (p f t s k, m n l r as they are), each run once, `a` in front of a word that
  /// begins with a vowel: "skrf". After Soundex (Russell, 1918), with the spelling of the language undone first.
  std::string skeleton(std::string_view word) const;

  /// The first five letters of a word in Latin letters, with the spellings of one sound made one: "presi" of president,
  /// Präsident and президент. Empty for a word of fewer than six letters.
  std::string cognate_prefix(std::string_view word) const;

 private:
  std::vector<std::pair<std::string, std::string>> spellings_;  ///< longest first
};

}  // namespace depesche::text
