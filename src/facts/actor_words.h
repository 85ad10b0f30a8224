#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"
#include "knowledge/agencies.h"
#include "knowledge/stemmer.h"

namespace depesche::facts {

/// A kind of body ("army", "party"), of one name in every language.
struct BodyKind {
  std::string name;
  ActorType type = ActorType::organisation;
  bool is_one = false;  ///< a country has one of them, so that kind and country are its name
};

/// What a word may be, whatever stands beside it.
struct WordClass {
  enum Flag : std::uint32_t {
    function = 1u << 0,           ///< articles, prepositions, pronouns, conjunctions, auxiliaries
    article = 1u << 1,            ///< "the"
    inner_preposition = 1u << 2,  ///< goes on with a name: "of"
    at = 1u << 3,                 ///< stands before a place
    beside_actors = 1u << 4,      ///< stands before somebody who acts
    speech_verb = 1u << 5,
    calendar = 1u << 6,  ///< a month, a weekday, a number word
    common = 1u << 7,    ///< a dictionary has it as an ordinary word
    given = 1u << 8,     ///< a person's first name
    family = 1u << 9,    ///< a family's name, by a list or by its ending
    honorific = 1u << 10,
    kin = 1u << 11,          ///< "brother", "singer"
    particle = 1u << 12,     ///< "van"
    begin_names = 1u << 13,  ///< "new", "north"
    adjective = 1u << 14,    ///< ends as adjectives do that go on with a body's name
    legal_form = 1u << 15,   ///< "GmbH"
    acronym = 1u << 16,      ///< in capitals throughout
    life = 1u << 17,         ///< "born"
    not_in_names = 1u << 18,
    begins_office = 1u << 19,  ///< and so on: a phrase of the pack begins so
    begins_body = 1u << 20,
    begins_place = 1u << 21,
    begins_thing = 1u << 22,
    begins_population = 1u << 23,
    conjunction = 1u << 24,
    place_ending = 1u << 25,
    compound_office = 1u << 26,  ///< "Landesvorsitzende"
    inner_capital = 1u << 27,    ///< "YouTube"
    begins_known = 1u << 28,     ///< names known beforehand begin so
    begins_places = 1u << 29,    ///< names of countries and towns of several words begin so
    english_body = 1u << 30,     ///< heads a body in English, by which many are called in every language: "Foundation"
    english_other = 1u << 31,    ///< heads a place or a thing in English: "Valley", "Cup"
  };
  static constexpr std::uint32_t none = ~0u;

  std::uint32_t flags = 0;
  std::uint32_t country = none;  ///< its name, or, with `is_demonym`, who or what belongs to it; for Knowledge::country
  bool is_demonym = false;
  std::uint32_t town = none;           ///< the largest town of the name
  std::uint32_t compound_body = none;  ///< kind of "Landwirtschaftsministerium"

  bool is(std::uint32_t any_of) const { return (flags & any_of) != 0; }
};

/// What a phrase of a pack stands for, by its tokens.
class PhraseTable {
 public:
  void add(std::span<const Key> keys, std::uint32_t value);
  struct Found {
    std::size_t size = 0;  ///< in tokens; 0 where none begins here
    std::uint32_t value = 0;
  };
  /// The longest phrase that begins at `keys[at]`.
  Found match(std::span<const Key> keys, std::size_t at) const;
  bool begins(Key key) const { return first_keys_.may_hold(key) && by_first_.contains(key); }

 private:
  FirstKeys first_keys_;
  std::unordered_map<Key, std::vector<std::pair<std::vector<Key>, std::uint32_t>>> by_first_;
};

/// A body, agency or outlet that goes by names of its own in every language.
struct KnownName {
  std::string name;  ///< English
  ActorType type = ActorType::organisation;
  std::string iso;
  bool needs_capitals = false;  ///< a form of one word counts only in capitals throughout
};

/// What holds in every language: kinds of bodies, names known beforehand, which pivot is which country.
struct ActorKnowledge {
  explicit ActorKnowledge(const knowledge::Knowledge& known);

  const knowledge::Knowledge& knowledge;
  std::vector<BodyKind> kinds;
  std::vector<KnownName> known_names;
  PhraseTable known_forms;                                                           ///< into `known_names`
  std::unordered_map<std::uint32_t, std::uint32_t> country_of_pivot, town_of_pivot;  ///< by ConceptId::value

  std::unordered_set<std::string> regions;  ///< folded names of states and provinces

  std::uint32_t kind_of(std::string_view name) const;
};

/// The words of one language by which actors are found. May be asked from several threads.
class ActorWords {
 public:
  ActorWords(const ActorKnowledge& shared, Language language);

  /// What the word may be; `words` are its letters, `form` and `stem` as text::Token has them. Remembered by each thread.
  /// The answer stays until `make_room` is called on this thread.
  const WordClass& class_of(const text::Token& token, std::string_view word) const;

  /// Forgets what this thread remembers where that is much.
  void make_room() const;

  PhraseTable offices, bodies, populations, places, things;
  PhraseTable english_bodies;  ///< empty for English itself
  bool nouns_have_capitals = false;
  bool modifiers_follow = false;
  bool is_inflected = false;  ///< names have cases, and adjectives of nations small letters
  bool is_caseless = false;   ///< the script has no capitals

 private:
  struct Memo;
  Memo& memo() const;
  WordClass make(const text::Token& token, std::string_view word, knowledge::Stemmer& stemmer) const;
  void add_meanings(std::span<const knowledge::Meaning> meanings, bool is_capitalised, WordClass& out) const;
  void add_names(std::string_view word, std::span<const knowledge::Meaning> meanings, bool is_capitalised,
                 WordClass& out, knowledge::Stemmer& stemmer) const;
  bool is_compound_noun(std::string_view word, knowledge::Stemmer& stemmer) const;
  bool has_ending(std::string_view folded, const std::vector<std::string>& endings, std::size_t rest_bytes_min) const;

  const ActorKnowledge& shared_;
  Language language_;
  std::unordered_map<Key, std::uint32_t> flags_;  ///< of single words
  std::vector<std::string> adjective_endings_, family_endings_, place_endings_, office_endings_;
  std::vector<std::pair<std::string, std::uint32_t>> body_endings_;
  std::vector<std::string> linking_elements_;
};

}  // namespace depesche::facts
