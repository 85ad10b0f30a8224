#pragma once

#include "facts/facts.h"
#include "facts/lexicon.h"

namespace depesche::facts {

/// The words of a language that tell whether and how a name is meant as a place (places.rules of its pack).
struct PlaceWords {
  explicit PlaceWords(const knowledge::Pack& pack);

  PhraseSet locative;          ///< prepositions before places: "in", "near"
  PhraseSet town_before;       ///< "city of", "ville de"
  PhraseSet division_before;   ///< "province of", "gouvernorat de"
  PhraseSet town_behind;       ///< "city", "village", where they stand behind the name
  PhraseSet division_behind;   ///< "County", "province"
  PhraseSet directions;        ///< "northern", "Upper": may stand between preposition and name
  PhraseSet no_place_before;   ///< makes a name of it: "processus de", "Treaty of"
  PhraseSet no_place_behind;   ///< "process", "Agreement"
  PhraseSet government_verbs;  ///< what governments do and towns do not: "aurait", "denies"
  PhraseSet between;           ///< "between Moscow and Kyiv" are governments
  PhraseSet agents;            ///< stands before who does what is done: "brokered by Ankara"
  bool has_capitals = true;    ///< names are told from words by their first letter
};

}  // namespace depesche::facts
