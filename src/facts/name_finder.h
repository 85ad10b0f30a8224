#pragma once

#include <optional>
#include <vector>

#include "facts/actor_words.h"

namespace depesche::facts {

/// What a name found in a sentence stands for.
enum class NameType : std::uint8_t {
  person,
  body,  ///< `Candidate::kind` or `known` says of what type
  organisation,
  country,
  place,
  population,
  other,    ///< an event, a work, a product
  unknown,  ///< a name of which the sentence tells no more
};

/// How well the sentence says so.
enum class Certainty : std::uint8_t { guess, likely, sure };

/// A name, or words that stand for one, in one sentence.
struct Candidate {
  BlockIndex block = 0;
  std::uint32_t first = 0, last = 0;  ///< into Text::tokens; last is one behind
  Span span;
  NameType type = NameType::unknown;
  Certainty certainty = Certainty::guess;
  bool is_description = false;  ///< small words that name nobody by name: "l'armée syrienne"
  bool acts = false;            ///< a town or country that stands for its government: "selon Moscou"
  bool is_by_shape = false;     ///< a person by its capitals or a list of names alone
  bool needs_witness = false;   ///< in a headline or behind a full stop, where a capital says little
  bool has_article = false;     ///< "le Hafenfront"
  bool is_led = false;          ///< has leaders, speakers or fighters: "Hafenfront leader"
  bool has_fighters = false;    ///< "les combattants du Hafenfront"
  bool is_at = false;           ///< stands behind what stands before places
  std::uint32_t country = WordClass::none;
  std::uint32_t town = WordClass::none;
  std::uint32_t kind = WordClass::none;   ///< of a body, into ActorKnowledge::kinds
  std::uint32_t known = WordClass::none;  ///< into ActorKnowledge::known_names
  std::uint32_t population =
      WordClass::none;  ///< into ActorKnowledge::population_kinds, where that and a country is all
  Span role;            ///< of a person: the office held, as printed; empty where none is
};

/// Finds the names of one article, sentence by sentence.
class NameFinder {
 public:
  NameFinder(const Article& article, const text::Text& text, const ActorKnowledge& shared, const ActorWords& words)
      : article_(article), text_(text), shared_(shared), words_(words) {}

  /// Adds the names of a sentence to `out`, in the order of the text. What stands in `apart`, the dateline, is left out.
  void read(const text::Sentence& sentence, std::optional<Span> apart, std::vector<Candidate>& out);

 private:
  using Tokens = std::span<const text::Token>;

  void classify(const text::Sentence& sentence);
  bool touches(std::size_t i) const;
  bool is_hyphen(std::size_t i) const { return keys_[i] == hyphen; }
  bool is_start(std::size_t i) const;
  bool is_name_like(std::size_t i) const;
  bool may_go_on(std::size_t i) const;
  bool is_initial(std::size_t i) const;
  bool is_lettered_number(std::size_t i) const;
  bool is_blank_before(std::size_t i) const;
  std::string_view word(std::size_t i) const { return article_.words_at(tokens_[i].span); }
  const WordClass& at(std::size_t i) const { return *classes_[i]; }

  std::size_t known_at(std::size_t i);
  std::size_t places_at(std::size_t i);
  std::size_t population_at(std::size_t i);
  std::size_t run_end(std::size_t i) const;
  std::size_t read_run(std::size_t begin);
  std::size_t read_body(std::size_t begin, std::size_t head, std::size_t size, std::uint32_t kind);
  std::size_t read_joined_nations(std::size_t i);
  void take_article(Candidate& name) const;
  std::size_t body_end(std::size_t head, std::size_t from, bool is_named) const;
  bool may_be_apposed(std::uint32_t kind) const;
  std::size_t read_caseless_name(std::size_t begin);
  void read_name(std::size_t begin, std::size_t end, std::optional<Span> role);
  void type_name(Candidate& name, std::size_t begin, std::size_t end) const;
  void type_single(Candidate& name, std::size_t i) const;
  void note_acting(Candidate& name, std::size_t begin, std::size_t end) const;
  bool is_led_in(std::size_t i) const;
  bool is_told_as_person(std::size_t begin, std::size_t end) const;
  bool is_printed_as_name(std::size_t i) const;
  bool is_in_other_letters(std::size_t i) const;
  std::size_t person_inside(std::size_t begin, std::size_t end) const;
  bool is_behind_article(std::size_t begin) const;
  bool is_led_by(std::uint64_t flags, std::size_t begin, std::size_t end) const;
  bool is_led_by_office(std::size_t begin, std::size_t end) const;
  bool is_ordinary(std::size_t begin, std::size_t end) const;
  std::uint32_t body_behind(std::size_t end) const;
  std::size_t apposed_behind(std::size_t end, std::uint32_t kind) const;
  bool is_opening_quote(std::size_t i) const;
  void note_use(Candidate& name, std::size_t begin, std::size_t end) const;
  bool is_quoted(std::size_t begin, std::size_t end) const;
  std::optional<Span> office_before(std::size_t begin) const;
  std::optional<Span> office_behind(std::size_t end) const;
  std::size_t phrase_before(const PhraseTable& table, WordClass::Flag begins, std::size_t begin) const;
  std::size_t phrase_inside(const PhraseTable& table, WordClass::Flag begins, std::size_t begin, std::size_t end) const;
  Candidate& push(std::size_t begin, std::size_t end, NameType type, Certainty certainty);

  const Article& article_;
  const text::Text& text_;
  const ActorKnowledge& shared_;
  const ActorWords& words_;

  /// A name that stands behind the word for what it is: "le groupe armé Hafenfront".
  struct Apposed {
    std::size_t begin = 0;
    std::uint32_t kind = WordClass::none;
    std::uint32_t country = WordClass::none;
  };

  // Of the sentence at hand.
  std::optional<Apposed> apposed_;
  Tokens tokens_;
  std::uint32_t first_token_ = 0;
  BlockIndex block_ = 0;
  bool is_headline_ = false;
  std::vector<const WordClass*> classes_;
  std::vector<Key> keys_;         ///< forms
  std::vector<Key> phrase_keys_;  ///< forms, or stems where names have cases
  std::vector<Candidate>* out_ = nullptr;
};

}  // namespace depesche::facts
