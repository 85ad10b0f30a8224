#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "knowledge/knowledge.h"

namespace depesche::facts {

/// What stands for a token in phrases: the hash of a word's folded form, `hyphen`, or `other_mark`.
using Key = std::uint64_t;
inline constexpr Key hyphen = 1;
inline constexpr Key other_mark = 2;

/// The tokens of a phrase, cut as text/ cuts words.
std::vector<Key> keys_of_phrase(std::string_view phrase);

/// What may begin a phrase: says no to most keys that begin none, and that soonest. Keys are hashes, so that ten of their bits tell.
class FirstKeys {
 public:
  void add(Key key) { bits_[word(key)] |= bit(key); }
  bool may_hold(Key key) const { return (bits_[word(key)] & bit(key)) != 0; }

 private:
  static std::size_t word(Key key) { return key >> 60; }
  static std::uint64_t bit(Key key) { return std::uint64_t{1} << (key >> 54 & 63); }
  std::array<std::uint64_t, 16> bits_{};
};

/// Words and phrases of a language pack, looked up by their tokens: "porte-parole" is three, "d'après" two.
class PhraseSet {
 public:
  void add(std::string_view phrase);
  /// How many tokens the longest phrase that begins at `keys[at]` takes; 0 where none does.
  std::size_t match(std::span<const Key> keys, std::size_t at) const;
  bool is_empty() const { return by_first_.empty(); }
  bool contains(Key key) const { return match(std::span(&key, 1), 0) == 1; }

 private:
  FirstKeys first_keys_;
  std::unordered_map<Key, std::vector<std::vector<Key>>> by_first_;
};

/// The words by which a language attributes speech and ends a noun phrase (speech, offices and words of its pack).
struct Lexicon {
  explicit Lexicon(const knowledge::Pack& pack);

  PhraseSet verbs;
  PhraseSet verbs_beside_quotation;  ///< attribute a quotation, and mean something else without one: "lancé"
  PhraseSet verbs_of_denial;         ///< of which the clause is what the speaker says is not so
  PhraseSet verbs_with_addressee;    ///< "told": behind them stands who is spoken to
  PhraseSet negations;
  PhraseSet not_in_names;                                  ///< capitalised words that begin no name: "Tonnen Kaffee"
  std::unordered_map<Key, std::vector<Key>> parted_verbs;  ///< "gab … bekannt": the verb and the words that may end it
  PhraseSet according_to;                                  ///< stands before the speaker: "selon"
  PhraseSet according_to_tail;   ///< the same behind a comma or a quotation only: ", so Moskau"
  PhraseSet according_to_after;  ///< stands behind the speaker: "zufolge"
  PhraseSet pronouns;
  PhraseSet complementisers;  ///< "que", "dass", "that"
  PhraseSet person_heads;     ///< "porte-parole", "Ministerin"
  PhraseSet body_heads;       ///< "ministère", "Polizei"
  PhraseSet person_endings;   ///< last parts of compounds: "sprecherin" of "Polizeisprecherin"
  PhraseSet body_endings;
  PhraseSet honorifics;
  PhraseSet articles;
  PhraseSet prepositions;        ///< end a noun phrase
  PhraseSet inner_prepositions;  ///< go on with it: "de", "of"
  PhraseSet conjunctions;
  bool nouns_have_capitals = false;
  bool complementiser_may_be_absent = false;  ///< "He says it is so"
  bool modifiers_follow = false;  ///< adjectives and genitives stand behind their noun without a preposition
};

}  // namespace depesche::facts
