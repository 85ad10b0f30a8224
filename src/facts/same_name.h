#pragma once

#include <map>
#include <string>
#include <string_view>

#include "knowledge/knowledge.h"
#include "text/sounds.h"

namespace depesche::facts {

/// Compares names of persons across languages and scripts by how they sound.
class SameName {
 public:
  explicit SameName(const knowledge::Knowledge& knowledge) : knowledge_(knowledge) {}

  /// By what names are found that may be one: the consonants of the family's name. Empty where there are too few to tell.
  std::string family_key(std::string_view name, Language language);

  /// Whether first and family name sound alike; a name of one word is no name of a person in full.
  bool may_be_same_name(std::string_view a, Language language_a, std::string_view b, Language language_b);

 private:
  std::string skeleton(std::string_view word, Language language);

  const knowledge::Knowledge& knowledge_;
  std::map<Language, text::Sounds> sounds_;
};

}  // namespace depesche::facts
