#include "facts/place_words.h"

namespace depesche::facts {

PlaceWords::PlaceWords(const knowledge::Pack& pack) {
  const std::pair<std::string_view, PhraseSet*> sets[] = {
      {"locative", &locative},
      {"town_before", &town_before},
      {"division_before", &division_before},
      {"town_behind", &town_behind},
      {"division_behind", &division_behind},
      {"directions", &directions},
      {"no_place_before", &no_place_before},
      {"no_place_behind", &no_place_behind},
      {"government_verbs", &government_verbs},
      {"between", &between},
      {"agents", &agents},
  };
  for (const auto& rule : pack.section("places")) {
    if (rule.name == "no_capitals") has_capitals = false;
    for (const auto& [name, set] : sets) {
      if (rule.name != name) continue;
      for (const auto& word : rule.words("words")) set->add(word);
    }
  }
}

}  // namespace depesche::facts
