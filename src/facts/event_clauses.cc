// Subjects and objects without a parser.
//
//   In October, | the army , which … , | has not yet taken | the town  from  the rebels
//   ^ adverbial   ^ subject              ^ group             ^ object
//
// A clause ends at marks and words that open another ("that", "after"). Left of a verb and its auxiliaries stands its subject: the piece
// between commas next to it; where that is empty, since an apposition is shut in commas, the first piece of the clause. Right of it
// stands whom it befalls, as far as the next comma. In languages whose verbs may stand first or last the sides are looked at again by
// who asks (event_arguments.cc).
//
// It fails where a subject is long and parted by more than commas, and where a clause has no words to open it ("the man he shot").
#include "facts/event_clauses.h"

#include <algorithm>

namespace depesche::facts {
namespace {

/// A longer one is a list or a table, in which nothing happens; and who does what is looked for over all of a sentence.
constexpr std::uint32_t sentence_tokens_max = 400;

using namespace clause_word;

/// Words between a verb and what makes it passive: "was, according to police, shot" is more than this.
constexpr std::uint32_t passive_words_max = 5;
/// Articles and adjectives between a preposition and its noun.
constexpr std::uint32_t preposition_words_max = 4;
/// Longer brackets hold clauses of their own.
constexpr std::uint32_t aside_words_max = 12;
constexpr std::uint32_t group_bits = passive | negation | planned | conditional | reported | auxiliary;

}  // namespace

bool Clauses::begin(const Article& article, const text::Sentence& sentence, const ArticleFacts& facts,
                    std::span<const Timex> times) {
  sentence_ = &sentence;
  const auto count = sentence.last_token - sentence.first_token;
  if (count > sentence_tokens_max) return false;
  forms_.assign(count, nullptr);
  stems_.assign(count, nullptr);
  bool may_have_trigger = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto& token = text_.tokens[sentence.first_token + i];
    if (token.kind == text::TokenKind::mark) continue;
    forms_[i] = grammar_.find(token.form);
    stems_[i] = grammar_.find(EventGrammar::stem_key(token.stem));
    may_have_trigger |= forms_[i] != nullptr && !forms_[i]->patterns.empty();
    may_have_trigger |= stems_[i] != nullptr && !stems_[i]->patterns.empty();
  }
  if (!may_have_trigger) return false;

  words_.assign(count, {});
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& word = words_[i];
    if (forms_[i] != nullptr) word.does |= forms_[i]->does;
    if (stems_[i] != nullptr) word.does |= stems_[i]->does;
    const auto& token = text_.tokens[sentence.first_token + i];
    if (token.kind != text::TokenKind::mark) continue;
    const auto mark = article.words_at(token.span);
    const bool has_blank = (i > 0 && text_.tokens[sentence.first_token + i - 1].span.end < token.span.begin) ||
                           i == 0 ||
                           (i + 1 < count && text_.tokens[sentence.first_token + i + 1].span.begin > token.span.end);
    word.is_comma = mark == "," || mark == "،";
    word.is_glue = !has_blank && (mark == "-" || mark == "'" || mark == "’" || mark == "‐");
    word.is_hard_mark = mark == ";" || mark == ":" || mark == "(" || mark == ")" ||
                        (has_blank && (mark == "-" || mark == "–" || mark == "—")) || mark == "—" || mark == "|";
  }
  set_aside_brackets(article);
  mark_facts(facts, times);
  find_hits();
  return !hits_.empty();
}

void Clauses::set_aside_brackets(const Article& article) {
  std::optional<std::uint32_t> open;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    const auto& token = text_.tokens[sentence_->first_token + i];
    if (token.kind != text::TokenKind::mark) continue;
    const auto mark = article.words_at(token.span);
    if (mark == "(") open = i;
    if (mark != ")" || !open) continue;
    for (auto k = *open; k <= i && i - *open <= aside_words_max; ++k) {
      words_[k].is_aside = true;
      words_[k].is_hard_mark = words_[k].is_comma = false;
      words_[k].does = 0;
    }
    open.reset();
  }
}

void Clauses::mark_facts(const ArticleFacts& facts, std::span<const Timex> times) {
  const auto mark = [&](std::size_t& next, const auto& all, const auto& each) {
    while (next < all.size() && all[next].span.end <= sentence_->span.begin) ++next;
    for (auto at = next; at < all.size() && all[at].span.begin < sentence_->span.end; ++at) {
      const auto begin = text_.tokens.begin() + sentence_->first_token;
      auto token = std::lower_bound(begin, text_.tokens.begin() + sentence_->last_token, all[at].span.begin,
                                    [](const text::Token& t, std::uint32_t from) { return t.span.end <= from; });
      bool is_first = true;
      for (; token != text_.tokens.begin() + sentence_->last_token && token->span.begin < all[at].span.end; ++token) {
        each(words_[static_cast<std::size_t>(token - begin)], static_cast<std::uint32_t>(at), is_first);
        is_first = false;
      }
    }
  };
  mark(next_mention_, facts.mentions, [](ClauseWord& word, std::uint32_t at, bool is_first) {
    word.mention = at;
    word.begins_mention = is_first;
  });
  mark(next_place_, facts.places, [&](ClauseWord& word, std::uint32_t at, bool is_first) {
    if (facts.places[at].use != PlaceUse::location) return;
    word.place = at;
    word.begins_place = is_first;
  });
  mark(next_time_, times, [](ClauseWord& word, std::uint32_t, bool) { word.is_in_time = true; });
}

// -- triggers ------------------------------------------------------------------------------------------------------

void Clauses::find_hits() {
  hits_.clear();
  for (std::uint32_t token = first(); token < last(); ++token) {
    const auto i = token - first();
    if (words_[i].is_taken) continue;
    std::optional<TriggerHit> best;
    for (const auto* entry : {forms_[i], stems_[i]}) {
      if (entry == nullptr || entry->patterns.empty()) continue;
      const auto hit = match_at(token, *entry);
      if (hit && (!best || pattern_of(*hit).elements.size() > pattern_of(*best).elements.size())) best = hit;
    }
    if (!best) continue;
    for (const auto taken : match(pattern_of(*best), token)) words_[taken - first()].is_taken = true;
    hits_.push_back(*best);
  }
}

std::optional<TriggerHit> Clauses::match_at(std::uint32_t token, const EventGrammar::Entry& entry) const {
  std::optional<TriggerHit> best;
  for (const auto index : entry.patterns) {
    const auto& pattern = grammar_.pattern(index);
    const bool is_noun = pattern.voice == EventGrammar::Voice::noun || pattern.voice == EventGrammar::Voice::act;
    if (best && grammar_.pattern(best->pattern).elements.size() > pattern.elements.size()) break;
    const auto taken = match(pattern, token);
    if (taken.empty()) continue;
    if (grammar_.order().nouns_have_capitals && pattern.elements.size() == 1 && token != first() &&
        text_.tokens[token].is_capitalised != is_noun)
      continue;
    const TriggerHit hit{index, token, last_of(pattern, taken), !is_noun};
    // A form that may be either is read by what stands before it.
    if (best && best->is_verb != hit.is_verb && reads_as_noun(token) != is_noun) continue;
    if (best && best->is_verb == hit.is_verb) continue;
    // "la demande": behind an article one word is a noun, and no verb.
    if (hit.is_verb && !grammar_.order().verb_may_come_first && pattern.elements.size() == 1 && token > first() &&
        does(token - 1, determiner) && text_.tokens[token - 1].kind == text::TokenKind::word)
      continue;
    best = hit;
  }
  return best;
}

/// The last token that tells the event: in "capture of Aleppo" what is captured is no part of it, nor "of".
std::uint32_t Clauses::last_of(const EventGrammar::Pattern& pattern, const std::vector<std::uint32_t>& taken) const {
  auto i = taken.size() - 1;
  while (i > 0 &&
         (pattern.elements[i].kind != EventGrammar::Element::words || does(taken[i], of | by | towards | where)))
    --i;
  return taken[i];
}

bool Clauses::reads_as_noun(std::uint32_t token) const {
  if (token + 1 < last()) {
    const bool has_object = does(token + 1, determiner) || at(token + 1).begins_mention || at(token + 1).begins_place;
    if (token > first() && (at(token - 1).mention != ClauseWord::none || does(token - 1, relative)) && has_object)
      return false;
  }
  if (token == first()) return true;
  return !does(token - 1, auxiliary | planned | conditional | negation | relative);
}

std::vector<std::uint32_t> Clauses::match(const EventGrammar::Pattern& pattern, std::uint32_t token) const {
  std::vector<std::uint32_t> taken = {token};
  for (std::size_t i = 1; i < pattern.elements.size(); ++i) {
    const auto found = find_element(pattern.elements[i], taken.back() + 1);
    if (!found) return {};
    taken.push_back(*found);
  }
  return taken;
}

std::optional<std::uint32_t> Clauses::find_element(const EventGrammar::Element& element, std::uint32_t from) const {
  std::uint32_t skipped = 0;
  for (auto token = from; token < last(); ++token) {
    if (at(token).is_glue) continue;
    if (is_element(element, token)) return token;
    if (at(token).is_hard_mark || at(token).is_comma || does(token, relative)) return {};
    if (++skipped > element.gap) return {};
  }
  return {};
}

bool Clauses::is_element(const EventGrammar::Element& element, std::uint32_t token) const {
  switch (element.kind) {
    case EventGrammar::Element::place: return at(token).begins_place;
    case EventGrammar::Element::actor: return at(token).begins_mention;
    case EventGrammar::Element::number: return text_.tokens[token].kind == text::TokenKind::number;
    case EventGrammar::Element::words: break;
  }
  const auto& word = text_.tokens[token];
  if (word.kind == text::TokenKind::mark) return false;
  return std::binary_search(element.keys.begin(), element.keys.end(), word.form) ||
         std::binary_search(element.keys.begin(), element.keys.end(), EventGrammar::stem_key(word.stem));
}

bool Clauses::has_hit_verb(std::uint32_t from, std::uint32_t to) const {
  return std::any_of(hits_.begin(), hits_.end(),
                     [&](const TriggerHit& hit) { return hit.is_verb && hit.first >= from && hit.first < to; });
}

bool Clauses::is_hit_verb(std::uint32_t token) const {
  return std::any_of(hits_.begin(), hits_.end(),
                     [&](const TriggerHit& hit) { return hit.is_verb && hit.first == token; });
}

// -- clauses -------------------------------------------------------------------------------------------------------

std::uint32_t Clauses::clause_begin(std::uint32_t token) const {
  for (auto i = token; i > first(); --i) {
    if (at(i - 1).is_hard_mark || does(i - 1, opener | relative)) return i;
  }
  return first();
}

std::uint32_t Clauses::clause_end(std::uint32_t token) const {
  for (auto i = token + 1; i < last(); ++i) {
    if (at(i).is_hard_mark || does(i, opener | relative)) return i;
  }
  return last();
}

std::uint32_t Clauses::group_begin(std::uint32_t verb) const {
  auto begin = verb;
  while (begin > first() && !at(begin - 1).is_comma && !at(begin - 1).is_hard_mark &&
         (does(begin - 1, group_bits) || at(begin - 1).is_in_time || at(begin - 1).is_glue))
    --begin;
  return begin;
}

bool Clauses::is_passive(const TriggerHit& hit) const {
  if (pattern_of(hit).voice != EventGrammar::Voice::verb) return false;
  const auto begin = clause_begin(hit.first);
  const auto reach = grammar_.order().verb_may_come_last ? hit.first - begin : passive_words_max;
  for (auto i = hit.first; i > begin && hit.first - i < reach; --i) {
    if (at(i - 1).is_comma) break;
    if (does(i - 1, passive)) return true;
    if (!grammar_.order().verb_may_come_last && (at(i - 1).mention != ClauseWord::none || is_hit_verb(i - 1))) break;
  }
  if (grammar_.order().verb_may_come_last && hit.last + 1 < last() && does(hit.last + 1, passive)) return true;
  // "taken in 2012 by the rebels"
  const auto range = behind(hit.last);
  const auto agent = find(range, by);
  if (!agent || *agent > hit.last + passive_words_max || *agent + 1 >= range.last) return false;
  return does(*agent + 1, determiner) || at(*agent + 1).mention != ClauseWord::none;
}

TokenRange Clauses::subject_before(std::uint32_t verb) const {
  const auto begin = clause_begin(verb);
  const auto end = group_begin(verb);
  if (end <= begin) {
    // Behind "who" its subject is what stands before that.
    if (begin > first() && does(begin - 1, relative)) {
      auto stop = begin - 1;
      while (stop > first() && (at(stop - 1).is_comma || does(stop - 1, preposition))) --stop;
      auto from = stop;
      while (from > first() && !at(from - 1).is_comma && !at(from - 1).is_hard_mark && !is_hit_verb(from - 1) &&
             !does(from - 1, opener | relative))
        --from;
      return {from, stop};
    }
    return {end, end};
  }
  // The piece next to the verb, else the first of the clause.
  auto from = end;
  while (from > begin && !at(from - 1).is_comma && !is_hit_verb(from - 1)) --from;
  if (from < end && !does(end - 1, conjunction)) {
    if (from > begin && is_hit_verb(from - 1)) return {end, end};
    // "the fighters of A, once a branch of B, and those of C attacked": the subject began before the commas.
    if (from > begin && does(from, conjunction) && !has_hit_verb(begin, from)) return {begin, end};
    return {from, end};
  }
  auto stop = begin;
  while (stop < end && !at(stop).is_comma && !is_hit_verb(stop)) ++stop;
  if (stop < end && is_hit_verb(stop)) return {end, end};
  return {begin, stop};
}

TokenRange Clauses::behind(std::uint32_t token) const {
  const auto end = clause_end(token);
  auto stop = token + 1;
  while (stop < end && !at(stop).is_comma) {
    if (does(stop, conjunction) && stop + 1 < end && is_hit_verb(stop + 1)) break;
    ++stop;
  }
  return {std::min(token + 1, end), stop};
}

std::optional<std::uint32_t> Clauses::find(TokenRange range, std::uint32_t what) const {
  for (auto i = range.first; i < range.last; ++i) {
    if (does(i, what)) return i;
  }
  return {};
}

bool Clauses::is_behind_preposition(std::uint32_t token, std::uint32_t from, std::uint32_t what) const {
  for (auto i = token; i > from && token - i < preposition_words_max; --i) {
    if (does(i - 1, what)) return true;
    if (at(i - 1).is_comma || at(i - 1).is_hard_mark || does(i - 1, conjunction | group_bits) ||
        at(i - 1).mention != ClauseWord::none || is_hit_verb(i - 1))
      return false;
  }
  return false;
}

TokenRange Clauses::trimmed(TokenRange range) const {
  const auto says_nothing = [&](std::uint32_t token) {
    return text_.tokens[token].kind == text::TokenKind::mark || at(token).is_in_time;
  };
  while (!range.is_empty() && says_nothing(range.first)) ++range.first;
  while (!range.is_empty() && says_nothing(range.last - 1)) --range.last;
  const bool is_rest = !range.is_empty() && range.last - range.first == 1 &&
                       does(range.first, clause_word::determiner | clause_word::preposition);
  return is_rest ? TokenRange{range.first, range.first} : range;
}

Span Clauses::span_of(TokenRange range) const {
  if (range.is_empty()) return {};
  return {text_.tokens[range.first].span.begin, text_.tokens[range.last - 1].span.end};
}

}  // namespace depesche::facts
