#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "facts/lexicon.h"
#include "facts/units.h"

namespace depesche::facts {

/// What the words of a speaker are.
enum class SpeakerKind : std::uint8_t { name, body, office };

/// A candidate speaker: tokens [begin, end) of the unit.
struct Speaker {
  std::size_t begin = 0;
  std::size_t end = 0;
  SpeakerKind kind = SpeakerKind::name;
  bool is_pronoun = false;
};

/// The longest noun phrase behind its head, in tokens.
inline constexpr std::size_t phrase_tokens_max = 9;

/// Finds those who may be speaking among the tokens of a unit.
class SpeakerFinder {
 public:
  SpeakerFinder(const Article& article, const Lexicon& lexicon, const knowledge::Knowledge& knowledge,
                Language language)
      : article_(article), lexicon_(lexicon), knowledge_(knowledge), language_(language) {}

  /// The first candidate that begins in [from, to), or nothing.
  std::optional<Speaker> first_in(const Unit& unit, std::size_t from, std::size_t to) const;

  /// The last candidate in [from, to) that no preposition subordinates.
  std::optional<Speaker> last_free_in(const Unit& unit, std::size_t from, std::size_t to) const;

  /// The body named at token `i`, if its head stands there.
  std::optional<Speaker> body_at(const Unit& unit, std::size_t i) const;

  /// The person a sentence opens with: a full name or the holder of an office, before anything else that could be
  /// meant.
  std::optional<Span> person_that_opens(const Unit& unit) const;
  static constexpr std::size_t opening_tokens_max = 8;

  /// The name that begins at token `i`: capitalised words, with the particles between them.
  std::size_t name_end(const Unit& unit, std::size_t i) const;

  bool is_office(const Unit& unit, std::size_t i) const { return person_head_at(unit, i) > 0; }

  bool is_name_word(const Unit& unit, std::size_t i) const;

 private:
  /// The tokens of a head that begins at `i`: a word of the pack, or a compound that ends in one ("Polizeisprecherin").
  std::size_t head_at(const PhraseSet& heads, const PhraseSet& endings, const Unit& unit, std::size_t i) const;
  static constexpr std::size_t compound_part_bytes_min = 3;
  static constexpr std::uint32_t compound_bytes_max = 80;

  std::size_t person_head_at(const Unit& unit, std::size_t i) const;
  std::size_t body_head_at(const Unit& unit, std::size_t i) const;

  bool is_initial(const Unit& unit, std::size_t i) const;

  /// Only blanks between token `i` and the one before it.
  bool touches(const Unit& unit, std::size_t i) const;

  /// "al", "bin", "de": a lower-case word of at most three letters between two parts of a name.
  bool is_particle(const Unit& unit, std::size_t i) const;

  /// What may follow a particle or hyphen inside a name: a capital, or a particle with its hyphen ("Tahrir al-Sham").
  bool joins(const Unit& unit, std::size_t i) const;

  std::optional<Speaker> at(const Unit& unit, std::size_t i, std::size_t to) const;

  /// A single capitalised word as a name: an acronym, a place or country, or, where nouns are printed small, any word
  /// that does not merely begin the sentence.
  bool may_stand_alone(const Unit& unit, std::size_t i) const;
  /// Among capitalised nouns only a city of this size is taken for a place: there are towns called Halle, Essen and
  /// Kirchen.
  static constexpr std::uint32_t town_population_min = 300'000;

  /// "la porte-parole de la diplomatie russe, Maria Zakharova": the first name of two words behind the office, or of
  /// one right behind it ("Minister Lavrov").
  std::optional<Speaker> name_behind_office(const Unit& unit, std::size_t from, std::size_t limit) const;

  /// A noun phrase around a head: adjectives before it, and what follows up to a word that ends it.
  std::optional<Speaker> phrase(const Unit& unit, std::size_t head, std::size_t behind, std::size_t to,
                                SpeakerKind kind) const;

  /// Whether token `i` may belong to a noun phrase at all: no mark, no verb of speech, no word that ends a phrase.
  bool is_inside_phrase(const Unit& unit, std::size_t i) const;

  /// Whether token `i` goes on with the phrase before it. Where modifiers stand before their noun, a small word behind
  /// the head is most often its verb ("die Polizei hat"), unless a preposition or article leads it in ("der russischen
  /// …").
  bool continues_phrase(const Unit& unit, std::size_t i) const;

  /// Whether the phrase belongs to another: a preposition stands right before it, with at most an article between. What
  /// is an article as well ("der", "den") subordinates nothing.
  bool is_subordinate(const Unit& unit, std::size_t begin, std::size_t from) const;

  const Article& article_;
  const Lexicon& lexicon_;
  const knowledge::Knowledge& knowledge_;
  Language language_;
};

}  // namespace depesche::facts
