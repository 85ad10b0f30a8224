#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "facts/event_grammar.h"
#include "facts/facts.h"
#include "text/text.h"

namespace depesche::facts {

/// A half-open range of tokens of a text.
struct TokenRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< one behind
  bool is_empty() const { return first >= last; }
};

/// A pattern found in a sentence.
struct TriggerHit {
  std::uint32_t pattern = 0;
  std::uint32_t first = 0;  ///< token of its first element
  std::uint32_t last = 0;   ///< token of its last element
  bool is_verb = false;
};

/// What one token of a sentence is, beside its form.
struct ClauseWord {
  static constexpr std::uint32_t none = ~0u;
  std::uint32_t does = 0;        ///< clause_word bits
  std::uint32_t mention = none;  ///< into ArticleFacts::mentions: it stands in it
  std::uint32_t place = none;    ///< into ArticleFacts::places: it stands in it
  bool begins_mention = false;
  bool begins_place = false;
  bool is_in_time = false;
  bool is_comma = false;
  bool is_hard_mark = false;  ///< parts clauses: ; : – ( )
  bool is_glue = false;       ///< a hyphen or apostrophe inside a word
  bool is_taken = false;      ///< an element of a hit
  bool is_aside = false;      ///< within brackets, as "(HTS)"
};

/// One sentence with what is known of its tokens, and the questions that clauses are made of. Tokens are counted in the text.
class Clauses {
 public:
  Clauses(const EventGrammar& grammar, const text::Text& text) : grammar_(grammar), text_(text) {}

  /// Makes ready for one sentence; false where no word of it may be a trigger.
  bool begin(const Article& article, const text::Sentence& sentence, const ArticleFacts& facts,
             std::span<const Timex> times);

  const std::vector<TriggerHit>& hits() const { return hits_; }
  const ClauseWord& at(std::uint32_t token) const { return words_[token - sentence_->first_token]; }
  bool does(std::uint32_t token, std::uint32_t what) const { return (at(token).does & what) != 0; }
  std::uint32_t first() const { return sentence_->first_token; }
  std::uint32_t last() const { return sentence_->last_token; }
  const EventGrammar::Pattern& pattern_of(const TriggerHit& hit) const { return grammar_.pattern(hit.pattern); }

  /// The first token of the clause in which a token stands: behind a mark or word that parts clauses.
  std::uint32_t clause_begin(std::uint32_t token) const;
  /// One behind the last.
  std::uint32_t clause_end(std::uint32_t token) const;

  /// Where the words of a verb begin: "has not yet been |attacked|" begins at "has".
  std::uint32_t group_begin(std::uint32_t verb) const;
  bool is_passive(const TriggerHit& hit) const;

  /// Who stands before a verb as its subject. Empty where the clause has none of its own ("and fled").
  TokenRange subject_before(std::uint32_t verb) const;
  /// What stands behind a trigger up to the end of what belongs to it.
  TokenRange behind(std::uint32_t token) const;
  /// The first token in a range that does one of these; nothing where none does.
  std::optional<std::uint32_t> find(TokenRange range, std::uint32_t what) const;

  /// Whether a token stands behind a preposition, articles and adjectives left out.
  bool is_behind_preposition(std::uint32_t token, std::uint32_t from, std::uint32_t what) const;

  /// Without marks and words that say when at either end: "mercredi |un recomptage|". Empty where nothing is left but an
  /// article or preposition ("|la| grève").
  TokenRange trimmed(TokenRange range) const;
  Span span_of(TokenRange range) const;

 private:
  void set_aside_brackets(const Article& article);
  void mark_facts(const ArticleFacts& facts, std::span<const Timex> times);
  void find_hits();
  std::optional<TriggerHit> match_at(std::uint32_t token, const EventGrammar::Entry& entry) const;
  /// The tokens that a pattern takes; empty where it does not match.
  std::vector<std::uint32_t> match(const EventGrammar::Pattern& pattern, std::uint32_t token) const;
  std::optional<std::uint32_t> find_element(const EventGrammar::Element& element, std::uint32_t from) const;
  bool is_element(const EventGrammar::Element& element, std::uint32_t token) const;
  std::uint32_t last_of(const EventGrammar::Pattern& pattern, const std::vector<std::uint32_t>& taken) const;
  bool reads_as_noun(std::uint32_t token) const;
  bool has_hit_verb(std::uint32_t from, std::uint32_t to) const;
  bool is_hit_verb(std::uint32_t token) const;

  const EventGrammar& grammar_;
  const text::Text& text_;
  const text::Sentence* sentence_ = nullptr;
  std::size_t next_mention_ = 0, next_place_ = 0, next_time_ = 0;
  std::vector<ClauseWord> words_;
  std::vector<const EventGrammar::Entry*> forms_, stems_;
  std::vector<TriggerHit> hits_;
};

}  // namespace depesche::facts
