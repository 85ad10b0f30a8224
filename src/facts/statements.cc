// Who said it stands near the verb that says so.
//
// A unit is a sentence, or several where a quotation runs on over full stops. Its words outside quotation marks are the
// frame; in the frame stands a cue, a verb of speech or "according to", and near the cue the speaker:
//
//   "…", a indiqué mercredi la porte-parole de la diplomatie russe, Maria Zakharova, lors de …   behind the cue
//   Sacharowa sagte: „…“                                                                         before the cue
//   "…", Smith said on Monday.                                                                   between the two
//   Selon l'OSDH, …                                                                              behind the preposition
//
// A pronoun is the person who opened the sentence before, or else who spoke last. Where no speaker is found there is no
// statement, nor where the verb is negated ("did not say that …"): better none than a wrong mouth. What somebody denies
// is marked as denied.
//
// Without quotation marks the content is the clause behind "that", the sentence around "according to X", or what stands
// before a short clause that only attributes ("…, a annoncé le ministère", "…, wie die Polizei mitteilte").
//
// Not understood here: infinitive clauses ("affirment avoir capturé"), the subjunctive that carries reported speech
// over several sentences, chains of mouths, demands as something else than claims.
#include "facts/statements.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "core/unicode.h"
#include "facts/units.h"
#include "text/quotations.h"

namespace depesche::facts {
namespace {

using text::Quotation;
using text::Token;
using text::TokenKind;

constexpr std::size_t quoted_words_min = 2;           ///< a single quoted word is a name or a scare quote
constexpr std::size_t quoted_clause_words_min = 4;    ///< a quotation that is a clause of its own
constexpr std::size_t quoted_sentence_words_min = 5;  ///< a quotation that stands alone as a sentence
constexpr std::size_t complementiser_tokens_max = 5;  ///< "a indiqué mercredi à la presse que"
constexpr std::size_t negation_tokens = 3;            ///< before a verb, for a negation to be its own
constexpr std::size_t attribution_tokens_max = 14;    ///< of a clause that only attributes
constexpr std::size_t name_tokens_max = 5;
constexpr std::size_t clause_tokens_min = 4;  ///< of the clause that is attributed

/// A verb of speech or a preposition that attributes: tokens [begin, end).
struct Cue {
  enum Kind : std::uint8_t { verb, verb_of_quotation, before_speaker, behind_speaker } kind;
  std::size_t begin;
  std::size_t end;
};

/// Whom a pronoun means.
struct Antecedent {
  Span words;
  SpeakerKind kind = SpeakerKind::name;
};

class UnitReader {
 public:
  UnitReader(const Article& article, const Lexicon& lexicon, const SpeakerFinder& speakers, const Unit& unit)
      : article_(article), lexicon_(lexicon), speakers_(speakers), unit_(unit) {
    find_cues();
    for (std::size_t q = 0; q < unit_.quotations.size(); ++q) {
      if (words_in(q) >= quoted_words_min) quotations_.push_back(q);
    }
  }

  /// The statements of the unit. `last` is the one before it in the article, `antecedent` whom a pronoun means.
  std::vector<Attribution> run(const Attribution* last, const std::optional<Antecedent>& antecedent) {
    antecedent_ = antecedent;
    std::vector<Attribution> found;
    std::vector<std::vector<std::size_t>> of_cue(cues_.size());
    for (const std::size_t q : quotations_) {
      if (const auto cue = nearest_cue(q)) of_cue[*cue].push_back(q);
    }
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      auto attribution = read_cue(cues_[c], of_cue[c]);
      if (attribution && !is_told_already(found, attribution->statement)) found.push_back(std::move(*attribution));
    }
    if (cues_.empty() && last != nullptr) {
      if (auto attribution = quotation_that_goes_on(*last)) found.push_back(std::move(*attribution));
    }
    return found;
  }

 private:
  /// A clause belongs to the first cue that attributes it.
  static bool is_told_already(const std::vector<Attribution>& found, const Statement& statement) {
    return std::any_of(found.begin(), found.end(), [&](const Attribution& other) {
      return other.statement.content[0].begin == statement.content[0].begin;
    });
  }

  void find_cues() {
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i) {
      const auto cue = unit_.quotation[i] < 0 ? cue_at(i) : std::nullopt;
      if (!cue) continue;
      cues_.push_back(*cue);
      i = cue->end - 1;
    }
  }

  std::optional<Cue> cue_at(std::size_t i) const {
    const auto made = [&](Cue::Kind kind, std::size_t size) -> std::optional<Cue> { return Cue{kind, i, i + size}; };
    if (const auto size = lexicon_.according_to.match(unit_.keys, i)) return made(Cue::before_speaker, size);
    const bool is_behind_clause = i > 0 && (is_comma(i - 1) || unit_.quotation[i - 1] >= 0);
    const auto tail = is_behind_clause ? lexicon_.according_to_tail.match(unit_.keys, i) : 0;
    if (tail > 0) return made(Cue::before_speaker, tail);
    if (const auto size = lexicon_.according_to_after.match(unit_.keys, i)) return made(Cue::behind_speaker, size);
    if (const auto size = lexicon_.verbs.match(unit_.keys, i)) return made(Cue::verb, size);
    if (const auto size = parted_verb_at(i)) return made(Cue::verb, size);
    if (const auto size = lexicon_.verbs_beside_quotation.match(unit_.keys, i))
      return made(Cue::verb_of_quotation, size);
    return {};
  }

  /// "gab den Fund am Freitag bekannt": one token for the verb where the word that ends it comes later.
  std::size_t parted_verb_at(std::size_t i) const {
    const auto found = lexicon_.parted_verbs.find(unit_.keys[i]);
    if (found == lexicon_.parted_verbs.end()) return 0;
    for (std::size_t k = i + 1; k < unit_.tokens.size(); ++k) {
      if (unit_.quotation[k] < 0 &&
          std::find(found->second.begin(), found->second.end(), unit_.keys[k]) != found->second.end())
        return 1;
    }
    return 0;
  }

  std::size_t words_in(std::size_t q) const {
    std::size_t words = 0;
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i) {
      words += unit_.quotation[i] == static_cast<int>(q) && unit_.tokens[i].kind != TokenKind::mark;
    }
    return words;
  }

  /// Tokens [first, last) of a quotation.
  std::pair<std::size_t, std::size_t> tokens_of(std::size_t q) const {
    std::size_t first = unit_.tokens.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i) {
      if (unit_.quotation[i] != static_cast<int>(q)) continue;
      first = std::min(first, i);
      last = i + 1;
    }
    return {first, last};
  }

  std::optional<std::size_t> nearest_cue(std::size_t q) const {
    const auto [first, last] = tokens_of(q);
    std::optional<std::size_t> nearest;
    std::size_t least = SIZE_MAX;
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      const auto distance = cues_[c].begin >= last  ? cues_[c].begin - last
                            : first >= cues_[c].end ? first - cues_[c].end
                                                    : 0;
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  std::optional<Attribution> read_cue(const Cue& cue, const std::vector<std::size_t>& quotations) {
    if (is_negated(cue)) return {};
    const auto clause = reported_clause(cue, !quotations.empty());
    if (quotations.empty() && (!clause || is_question())) return {};
    const auto speaker = speaker_of(cue, quotations, clause ? clause->speaker_from : 0,
                                    clause ? clause->speaker_to : unit_.tokens.size());
    if (!speaker) return {};

    Attribution out;
    Statement& statement = out.statement;
    statement.block = unit_.block;
    statement.sentence = unit_.span;
    statement.cue = span_of(cue.begin, cue.end);
    if (speaker->is_pronoun) {
      if (!antecedent_) return {};
      statement.speaker = antecedent_->words;
      statement.is_by_reference = true;
      out.speaker_kind = antecedent_->kind;
    } else {
      statement.speaker = span_of(speaker->begin, speaker->end);
      out.speaker_kind = speaker->kind;
    }
    const bool names_itself = clause && std::any_of(clause->content.begin(), clause->content.end(),
                                                    [&](Span span) { return span.overlaps(statement.speaker); });
    if (clause && !names_itself) {
      statement.content = clause->content;
      statement.kind = quotations.empty() ? StatementKind::indirect : StatementKind::mixed;
    } else {
      for (const std::size_t q : quotations) statement.content.push_back(unit_.quotations[q].inner);
      statement.kind = is_whole_clause(quotations) ? StatementKind::direct : StatementKind::mixed;
    }
    if (statement.content.empty()) return {};
    statement.is_denied = cue.kind == Cue::verb && is_denial(cue);
    statement.negations = negations_in(statement.content);
    return out;
  }

  /// "Ruiz did not say that …", "hat nicht gesagt": nothing was said.
  bool is_negated(const Cue& cue) const {
    if (cue.kind != Cue::verb) return false;
    for (std::size_t i = cue.begin > negation_tokens ? cue.begin - negation_tokens : 0; i < cue.begin; ++i) {
      if (unit_.quotation[i] < 0 && lexicon_.negations.contains(unit_.keys[i])) return true;
    }
    // Behind the verb it is the verb's only where the clause has not begun: "says no inspector came" is said.
    const auto behind = cue.end + 1;
    return behind < unit_.tokens.size() && lexicon_.negations.contains(unit_.keys[cue.end]) &&
           (unit_.keys[behind] == other_mark || lexicon_.complementisers.match(unit_.keys, behind) > 0);
  }

  bool is_question() const {
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i) {
      const bool is_mark = unit_.quotation[i] < 0 && unit_.keys[i] == other_mark;
      if (is_mark && article_.words_at(unit_.tokens[i].span) == "?") return true;
    }
    return false;
  }

  bool is_denial(const Cue& cue) const {
    if (lexicon_.verbs_of_denial.match(unit_.keys, cue.begin) > 0) return true;
    // "wies … zurück" is listed by its verb and the word that ends it.
    for (std::size_t i = cue.end; i < unit_.tokens.size(); ++i) {
      const std::array<Key, 2> parted = {unit_.keys[cue.begin], unit_.keys[i]};
      if (lexicon_.verbs_of_denial.match(parted, 0) == 2) return true;
    }
    return false;
  }

  std::uint32_t negations_in(const std::vector<Span>& content) const {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i) {
      const Span token = unit_.tokens[i].span;
      const bool is_inside =
          std::any_of(content.begin(), content.end(), [&](Span span) { return span.contains(token); });
      count += is_inside && lexicon_.negations.contains(unit_.keys[i]);
    }
    return count;
  }

  /// What a cue attributes in the reporter's words, and the tokens among which its speaker stands.
  struct Clause {
    std::vector<Span> content;
    std::size_t speaker_from;
    std::size_t speaker_to;
  };

  std::optional<Clause> reported_clause(const Cue& cue, bool has_quotations) const {
    const auto anywhere = [&](std::optional<Span> content) -> std::optional<Clause> {
      if (!content) return {};
      return Clause{{*content}, 0, unit_.tokens.size()};
    };
    switch (cue.kind) {
      case Cue::verb_of_quotation: return {};
      case Cue::behind_speaker: return anywhere(rest_from(cue.end));
      case Cue::before_speaker: return clause_around(cue);
      case Cue::verb: break;
    }
    const auto limit = std::min(unit_.tokens.size(), cue.end + complementiser_tokens_max);
    for (std::size_t i = cue.end; i < limit && unit_.quotation[i] < 0; ++i) {
      if (const auto size = lexicon_.complementisers.match(unit_.keys, i)) return anywhere(rest_from(i + size));
    }
    if (has_quotations) return {};
    if (const auto before = clause_before_attribution(cue)) return before;
    return anywhere(clause_without_complementiser(cue));
  }

  /// "Selon X, …", "…, selon X.", or both sides of "… lagen nach Angaben der Polizei …".
  std::optional<Clause> clause_around(const Cue& cue) const {
    const auto speaker = speakers_.first_in(unit_, cue.end, std::min(unit_.tokens.size(), cue.end + phrase_tokens_max));
    if (!speaker) return {};
    Clause clause{{}, 0, unit_.tokens.size()};
    const auto add = [&](std::optional<Span> span) {
      if (span) clause.content.push_back(*span);
    };
    if (cue.begin > 1) {
      add(trimmed(span_of(0, cue.begin)));
      // What a comma parts from the speaker is said by the reporter again.
      const bool goes_on = speaker->end + clause_tokens_min <= unit_.tokens.size() &&
                           unit_.tokens[speaker->end].kind != TokenKind::mark && !is_comma(cue.begin - 1);
      if (goes_on) add(rest_from(speaker->end));
    } else {
      std::size_t behind = speaker->end;
      for (std::size_t i = speaker->end; i < unit_.tokens.size() && behind == speaker->end; ++i) {
        if (is_comma(i)) behind = i + 1;
      }
      add(rest_from(behind));
    }
    if (clause.content.empty()) return {};
    return clause;
  }

  bool is_comma(std::size_t i) const {
    return unit_.keys[i] == other_mark && article_.words_at(unit_.tokens[i].span) == ",";
  }

  /// "Sieben Menschen würden vermisst, sagte Klara Venn in Sornau": what stands before a short clause that only
  /// attributes.
  std::optional<Clause> clause_before_attribution(const Cue& cue) const {
    std::size_t begin = cue.begin;
    while (begin > 0 && !is_comma(begin - 1)) --begin;
    if (begin == 0) return {};
    std::size_t end = cue.end;
    while (end < unit_.tokens.size() && unit_.keys[end] != other_mark) ++end;
    if (end - begin > attribution_tokens_max || begin - 1 < clause_tokens_min) return {};
    // "…, nine more than the government has acknowledged" says more than who said it.
    // "…, wie die Feuerwehr am Abend mitteilte" does not: what stands behind the speaker is free.
    const auto speaker = speakers_.first_in(unit_, begin, cue.begin);
    for (std::size_t i = begin; i < (speaker ? speaker->begin : cue.begin); ++i) {
      const Key key = unit_.keys[i];
      const bool leads_in = i == begin;
      // Folding makes one word of the auxiliary "a" and the preposition "à": right before the verb it is the former.
      const bool may_be_auxiliary = leads_in || i + 1 == cue.begin;
      if (unit_.tokens[i].kind == TokenKind::number || (!may_be_auxiliary && lexicon_.prepositions.contains(key)))
        return {};
      if (!leads_in && (lexicon_.conjunctions.contains(key) || lexicon_.complementisers.contains(key))) return {};
    }
    // "Its chairman, Petros Lagos, warned …" is a subject with its apposition, not a clause.
    const auto name =
        speakers_.last_free_in(unit_, begin - 1 > name_tokens_max ? begin - 1 - name_tokens_max : 0, begin - 1);
    if (name && name->kind == SpeakerKind::name && name->end == begin - 1 && name->end - name->begin >= 2) return {};
    const auto content = trimmed(span_of(0, begin - 1));
    if (!content) return {};
    return Clause{{*content}, begin, end};
  }

  /// "The observatory says 26 people died", "Das Komitee erklärt, der Damm sei …"
  std::optional<Span> clause_without_complementiser(const Cue& cue) const {
    if (!lexicon_.complementiser_may_be_absent || cue.end + clause_tokens_min > unit_.tokens.size()) return {};
    const auto subject = speakers_.last_free_in(unit_, clause_begin(cue.begin), cue.begin);
    const bool has_subject_before = subject && cue.begin - subject->end <= 1;
    const bool is_followed_by_comma = is_comma(cue.end);
    const auto next = cue.end + (is_followed_by_comma ? 1 : 0);
    // "promised them help" is an object; a clause begins with an article, a pronoun, a number or a name.
    const Token& first = unit_.tokens[next];
    const bool begins_clause = lexicon_.articles.contains(first.form) || lexicon_.pronouns.contains(first.form) ||
                               first.kind == TokenKind::number ||
                               (first.kind == TokenKind::word && first.is_capitalised);
    // Where all nouns are printed with capitals clauses are parted by commas, and an object follows without one.
    if (!has_subject_before || !begins_clause || (lexicon_.nouns_have_capitals && !is_followed_by_comma)) return {};
    return rest_from(next);
  }

  std::optional<Span> rest_from(std::size_t token) const {
    if (token >= unit_.tokens.size()) return {};
    return trimmed(span_of(token, unit_.tokens.size()));
  }

  /// Without marks at its ends, except quotation marks that belong to a quotation inside.
  std::optional<Span> trimmed(Span span) const {
    std::optional<Span> words;
    for (const Token& token : unit_.tokens) {
      if (token.kind != TokenKind::mark && span.contains(token.span))
        words = words ? hull(*words, token.span) : token.span;
    }
    if (!words) return {};
    for (const Quotation& quotation : unit_.quotations) {
      if (quotation.outer.overlaps(*words) && span.contains(quotation.outer)) words = hull(*words, quotation.outer);
    }
    return words;
  }

  /// The speaker among the tokens [from, end).
  std::optional<Speaker> speaker_of(const Cue& cue, const std::vector<std::size_t>& quotations, std::size_t from,
                                    std::size_t end) const {
    if (cue.kind == Cue::before_speaker)
      return speakers_.first_in(unit_, cue.end, std::min(end, cue.end + phrase_tokens_max));
    const auto clause_from = std::max(from, clause_begin(cue.begin));
    if (cue.kind == Cue::behind_speaker) return speakers_.last_free_in(unit_, clause_from, cue.begin);
    if (auto pronoun = pronoun_beside(cue)) return pronoun;
    const bool is_behind_quotation = !quotations.empty() && tokens_of(quotations.front()).second <= cue.begin;
    const auto before = speakers_.last_free_in(unit_, clause_from, cue.begin);
    if (before && !is_behind_quotation) return before;
    if (is_behind_quotation) {
      // Between the quotation and the verb, or behind the verb.
      std::size_t behind = from;
      for (const std::size_t q : quotations) {
        if (tokens_of(q).second <= cue.begin) behind = tokens_of(q).second;
      }
      if (auto between = speakers_.last_free_in(unit_, behind, cue.begin)) return between;
    }
    if (lexicon_.verbs_with_addressee.match(unit_.keys, cue.begin) > 0) return before;
    std::size_t to = cue.end;
    while (to < end && unit_.quotation[to] < 0 && !lexicon_.complementisers.contains(unit_.keys[to])) ++to;
    if (auto after = speakers_.first_in(unit_, cue.end, to)) return after;
    return before;
  }

  /// A pronoun right beside the verb, with one word between at most: "a-t-elle dit", "sagte sie", "he said".
  std::optional<Speaker> pronoun_beside(const Cue& cue) const {
    const auto from = cue.begin >= 5 ? cue.begin - 5 : 0;
    for (std::size_t i = from; i < std::min(unit_.tokens.size(), cue.end + 1); ++i) {
      if (i >= cue.begin && i < cue.end) continue;
      // Folding makes one word of "él" and "el"; where it may be an article it is no pronoun.
      const bool may_be_pronoun = unit_.quotation[i] < 0 && !lexicon_.articles.contains(unit_.keys[i]);
      const auto size = may_be_pronoun ? lexicon_.pronouns.match(unit_.keys, i) : 0;
      if (size > 0 && (i + size == cue.begin || i + size + 1 == cue.begin || i == cue.end))
        return Speaker{i, i + size, SpeakerKind::name, true};
    }
    return {};
  }

  /// Where the clause that holds token `i` begins: behind the last quotation before it.
  std::size_t clause_begin(std::size_t i) const {
    while (i > 0 && unit_.quotation[i - 1] < 0) --i;
    return i;
  }

  /// A quotation that begins with a capital and has some length is somebody's sentence, not a word of his in ours.
  bool is_whole_clause(const std::vector<std::size_t>& quotations) const {
    return std::any_of(quotations.begin(), quotations.end(), [&](std::size_t q) {
      const auto [first, last] = tokens_of(q);
      for (std::size_t i = first; i < last; ++i) {
        if (unit_.tokens[i].kind != TokenKind::mark)
          return unit_.tokens[i].is_capitalised && words_in(q) >= quoted_clause_words_min;
      }
      return false;
    });
  }

  /// A unit that is one quotation and nothing else goes on with what was said before it in the same block.
  std::optional<Attribution> quotation_that_goes_on(const Attribution& last) const {
    if (quotations_.size() != 1 || last.statement.block != unit_.block) return {};
    const auto q = quotations_[0];
    std::size_t outside = 0;
    for (std::size_t i = 0; i < unit_.tokens.size(); ++i)
      outside += unit_.quotation[i] < 0 && unit_.tokens[i].kind != TokenKind::mark;
    if (outside > 0 || words_in(q) < quoted_sentence_words_min) return {};
    Attribution out = last;
    out.statement.sentence = unit_.span;
    out.statement.content = {unit_.quotations[q].inner};
    out.statement.cue = {};
    out.statement.is_by_reference = true;
    out.statement.kind = StatementKind::direct;
    return out;
  }

  Span span_of(std::size_t begin, std::size_t end) const {
    return hull(unit_.tokens[begin].span, unit_.tokens[end - 1].span);
  }

  const Article& article_;
  const Lexicon& lexicon_;
  const SpeakerFinder& speakers_;
  const Unit& unit_;
  std::vector<Cue> cues_;
  std::vector<std::size_t> quotations_;
  std::optional<Antecedent> antecedent_;
};

}  // namespace

std::vector<Attribution> find_attributions(const Article& article, const text::Text& text,
                                           const std::optional<Dateline>& dateline, const Lexicon& lexicon,
                                           const knowledge::Knowledge& knowledge) {
  const SpeakerFinder speakers(article, lexicon, knowledge, text.language);
  std::vector<Attribution> found;
  std::optional<Antecedent> antecedent;
  for (const Unit& unit : units_of(article, text, dateline)) {
    auto more = UnitReader(article, lexicon, speakers, unit).run(found.empty() ? nullptr : &found.back(), antecedent);
    if (const auto subject = speakers.person_that_opens(unit)) antecedent = Antecedent{*subject, SpeakerKind::name};
    for (const Attribution& attribution : more) {
      // "L'agence … a indiqué …. Elle a ajouté …": a body may be meant as well as a person.
      if (attribution.statement.is_by_reference) continue;
      antecedent = Antecedent{attribution.statement.speaker, attribution.speaker_kind};
    }
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  return found;
}

}  // namespace depesche::facts
