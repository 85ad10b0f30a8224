#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "facts/mentions.h"
#include "facts/speech_words.h"

namespace depesche::facts {

/// What the words of a speaker are.
enum class SpeakerKind : std::uint8_t {
  name,
  body,
  office,
  common,   ///< "experts", "the woman"
  unknown,  ///< a pronoun of which nobody can tell whom it means
};

/// Tokens [begin, end) of a unit.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool is_empty() const { return begin >= end; }
  bool contains(std::size_t i) const { return begin <= i && i < end; }
};

/// A noun phrase that may speak, be spoken to or pass on.
struct Party {
  Range all;    ///< with its article, its office and what is apposed to it
  Range words;  ///< those that name it: a name where there is one, else the phrase without its article
  Range role;   ///< the office of a name; empty where none stands there
  SpeakerKind kind = SpeakerKind::common;
  bool is_pronoun = false;
  std::uint64_t agreement =
      0;  ///< is_masculine, is_feminine, is_neuter, is_plural: what a pronoun for it may be; 0 where nothing tells
};

/// A unit with what its words may be, and the phrases in it.
class Phrases {
 public:
  Phrases(const Article& article, const Unit& unit, const SpeechWords& lexicon, std::span<const ActorMention> mentions,
          std::span<const ArticleActor> actors)
      : article_(article),
        unit_(unit),
        lexicon_(lexicon),
        mentions_(mentions),
        actors_(actors),
        words_(lexicon.classify(article, unit)),
        quotation_(unit.quotation) {
    open_names();
  }

  const Unit& unit() const { return unit_; }
  const SpeechWords& lexicon() const { return lexicon_; }
  std::size_t size() const { return words_.size(); }
  const SpeechWord& at(std::size_t i) const { return words_[i]; }

  /// The noun phrase that begins at token `i`, ending before `to`.
  std::optional<Party> party_at(std::size_t i, std::size_t to) const;
  /// A pronoun of a subject at token `i`.
  std::optional<Party> pronoun_at(std::size_t i) const;
  /// The last noun phrase in [from, to) that no preposition leads in.
  std::optional<Party> last_free_in(std::size_t from, std::size_t to) const;
  std::optional<Party> first_free_in(std::size_t from, std::size_t to) const;

  bool is_quoted(std::size_t i) const { return quotation_[i] >= 0; }
  /// The quotation that token `i` stands in, or -1; those that are names are none.
  int quotation_of(std::size_t i) const { return quotation_[i]; }
  /// Whether an actor of the article is named or described there.
  bool is_actor(Range range) const;
  /// "Angaben", "Polizeiangaben"
  bool is_source_noun(std::size_t i) const;
  bool is_mark(std::size_t i) const { return unit_.tokens[i].kind == text::TokenKind::mark; }
  bool is_mark(std::size_t i, char mark) const {
    const auto words = article_.words_at(unit_.tokens[i].span);
    return is_mark(i) && words.size() == 1 && words[0] == mark;
  }
  bool is_comma(std::size_t i) const;
  bool is_dash(std::size_t i) const;
  bool ends_as_infinitive(std::size_t i) const;
  bool is_capitalised(std::size_t i) const { return unit_.tokens[i].is_capitalised; }
  bool is_number(std::size_t i) const { return unit_.tokens[i].kind == text::TokenKind::number; }
  /// Only a blank, an apostrophe or a hyphen between token `i` and the one before it.
  bool touches(std::size_t i) const { return i > 0 && unit_.tokens[i].span.begin - unit_.tokens[i - 1].span.end <= 3; }
  /// Nothing between token `i` and the one before it.
  bool is_glued(std::size_t i) const { return i > 0 && unit_.tokens[i].span.begin == unit_.tokens[i - 1].span.end; }
  bool is_verb(std::size_t i) const;
  /// The end of the name that begins at token `i`; `i` where none does.
  std::size_t name_end(std::size_t i, std::size_t to) const;

  Span span_of(Range range) const {
    return range.is_empty() ? Span{} : hull(unit_.tokens[range.begin].span, unit_.tokens[range.end - 1].span);
  }

 private:
  void open_names();
  std::size_t behind_brackets(std::size_t i, std::size_t to) const;
  bool is_name_word(std::size_t i) const;
  std::size_t behind_preposition(std::size_t i) const;
  std::optional<Party> free_party(std::size_t i, std::size_t to, std::size_t& next) const;
  bool is_phrase_word(std::size_t i, std::size_t begin) const;
  std::size_t phrase_end(std::size_t begin, std::size_t to) const;
  void read_inside(Party& party, std::size_t first, std::size_t end) const;
  void read_apposition(Party& party, std::size_t to) const;
  std::optional<Range> person_mention_in(Range range) const;
  std::uint64_t agreement_of(Range range, std::uint64_t of_article) const;

  const Article& article_;
  const Unit& unit_;
  const SpeechWords& lexicon_;
  std::span<const ActorMention> mentions_;
  std::span<const ArticleActor> actors_;
  std::vector<SpeechWord> words_;
  std::vector<int> quotation_;  ///< as Unit::quotation, without names
};

}  // namespace depesche::facts
