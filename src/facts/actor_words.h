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
  enum Flag : std::uint64_t {
    function = std::uint64_t{1} << 0,           ///< articles, prepositions, pronouns, conjunctions, auxiliaries
    article = std::uint64_t{1} << 1,            ///< "the"
    inner_preposition = std::uint64_t{1} << 2,  ///< goes on with a name: "of"
    at = std::uint64_t{1} << 3,                 ///< stands before a place
    beside_actors = std::uint64_t{1} << 4,      ///< stands before somebody who acts
    speech_verb = std::uint64_t{1} << 5,
    calendar = std::uint64_t{1} << 6,  ///< a month, a weekday, a number word
    common = std::uint64_t{1} << 7,    ///< a dictionary has it as an ordinary word
    given = std::uint64_t{1} << 8,     ///< a person's first name
    family = std::uint64_t{1} << 9,    ///< a family's name, by a list or by its ending
    honorific = std::uint64_t{1} << 10,
    kin = std::uint64_t{1} << 11,          ///< "brother", "singer"
    particle = std::uint64_t{1} << 12,     ///< "van"
    begin_names = std::uint64_t{1} << 13,  ///< "new", "north"
    adjective = std::uint64_t{1} << 14,    ///< ends as adjectives do that go on with a body's name
    legal_form = std::uint64_t{1} << 15,   ///< "GmbH"
    acronym = std::uint64_t{1} << 16,      ///< in capitals throughout
    life = std::uint64_t{1} << 17,         ///< "born"
    not_in_names = std::uint64_t{1} << 18,
    begins_office = std::uint64_t{1} << 19,  ///< and so on: a phrase of the pack begins so
    begins_body = std::uint64_t{1} << 20,
    begins_place = std::uint64_t{1} << 21,
    begins_thing = std::uint64_t{1} << 22,
    begins_population = std::uint64_t{1} << 23,
    conjunction = std::uint64_t{1} << 24,
    place_ending = std::uint64_t{1} << 25,
    compound_office = std::uint64_t{1} << 26,  ///< "Landesvorsitzende"
    inner_capital = std::uint64_t{1} << 27,    ///< "YouTube"
    begins_known = std::uint64_t{1} << 28,     ///< names known beforehand begin so
    begins_places = std::uint64_t{1} << 29,    ///< names of countries and towns of several words begin so
    english_body =
        std::uint64_t{1} << 30,  ///< heads a body in English, by which many are called in every language: "Foundation"
    english_other = std::uint64_t{1} << 31,  ///< heads a place or a thing in English: "Valley", "Cup"
    english_word =
        std::uint64_t{1} << 32,  ///< an ordinary word of English, in a text of another language: "Black Market"
    given_somewhere = std::uint64_t{1} << 36,  ///< and so with first names: "Izumi", which is a town as well
    family_somewhere =
        std::uint64_t{1} << 34,            ///< families are called so, though it may be an ordinary word here: "Young"
    letters = std::uint64_t{1} << 35,      ///< an abbreviation that names no body: "TV"
    who = std::uint64_t{1} << 33,          ///< says behind a name that it is a person's: "who"
    fighters = std::uint64_t{1} << 37,     ///< who fight for a group: "militants"
    indefinite = std::uint64_t{1} << 38,   ///< begins behind a comma what a name is: "a"
    verb_ending = std::uint64_t{1} << 39,  ///< ends as verbs do, where they can be told so and stand behind who acts
  };
  static constexpr std::uint32_t none = ~0u;

  std::uint64_t flags = 0;
  std::uint32_t country = none;  ///< its name, or, with `is_demonym`, who or what belongs to it; for Knowledge::country
  bool is_demonym = false;
  std::uint32_t town = none;           ///< the largest town of the name
  std::uint32_t compound_body = none;  ///< kind of "Landwirtschaftsministerium"

  bool is(std::uint64_t any_of) const { return (flags & any_of) != 0; }
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
  std::vector<std::string> population_kinds;  ///< "rebels", of one name in every language
  std::vector<KnownName> known_names;
  PhraseTable known_forms;                                                           ///< into `known_names`
  std::unordered_map<std::uint32_t, std::uint32_t> country_of_pivot, town_of_pivot;  ///< by ConceptId::value

  std::unordered_set<std::string> regions;  ///< folded names of states and provinces

  std::uint32_t kind_of(std::string_view name) const;
  /// Whether persons are called so anywhere, by a list or by the ending of a family's name.
  bool is_of_person(std::string_view folded) const;

 private:
  std::vector<std::string> family_endings_;
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

  PhraseTable offices, bodies, populations, places, things;  ///< values are kinds of bodies and populations, if any
  PhraseTable english_bodies;                                ///< empty for English itself
  bool nouns_have_capitals = false;
  bool modifiers_follow = false;
  bool is_inflected = false;  ///< names have cases, and adjectives of nations small letters
  bool is_caseless = false;   ///< the script has no capitals

 private:
  struct Memo;
  Memo& memo() const;
  WordClass make(const text::Token& token, std::string_view word, knowledge::Stemmer& stemmer,
                 knowledge::Stemmer* english) const;
  void add_meanings(std::span<const knowledge::Meaning> meanings, bool is_capitalised, WordClass& out) const;
  void add_names(std::string_view word, std::span<const knowledge::Meaning> meanings, bool is_capitalised,
                 WordClass& out, knowledge::Stemmer& stemmer) const;
  bool is_compound_noun(std::string_view word, knowledge::Stemmer& stemmer) const;
  bool has_ending(std::string_view folded, const std::vector<std::string>& endings, std::size_t rest_bytes_min) const;

  const ActorKnowledge& shared_;
  Language language_;
  std::unordered_map<Key, std::uint64_t> flags_;  ///< of single words
  std::vector<std::string> adjective_endings_, family_endings_, place_endings_, office_endings_, verb_endings_;
  std::vector<std::pair<std::string, std::uint32_t>> body_endings_;
  std::vector<std::string> linking_elements_;
};

}  // namespace depesche::facts
