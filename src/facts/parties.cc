// A noun phrase is an article, what stands before the noun, the noun, and what goes on with it; a capital, an office or a
// body in it tells who it is.
//
//   la porte-parole de la diplomatie russe, Maria Zakharova    an office with a name in apposition: she, with that office
//   Stein spokeswoman Melezia Figueroa                         the name behind the office, not the one before it
//   Mirko Salandt, chairman of the board,                      a name with an office in apposition
//   украинские чиновники · experts                             whoever stands where a subject stands
//
// A phrase ends at marks, verbs of speech, pronouns, conjunctions and prepositions other than "of". Where a language prints
// nouns with capitals, what stands small behind the noun is no part of it, and one capital alone is no name.
#include "facts/parties.h"

#include <algorithm>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::size_t phrase_tokens_max = 14;
constexpr std::size_t words_before_noun_max = 3;  ///< numbers and adjectives between a preposition and its noun
constexpr std::size_t quoted_name_words_max = 3;
constexpr std::size_t apposition_tokens_max = 16;
constexpr std::uint64_t ends_phrase = is_preposition | is_conjunction | is_pronoun | is_that | is_whether |
                                      is_auxiliary | is_modal | is_adverb | is_clitic | is_relative | is_negation |
                                      is_before_speaker | is_calendar | is_infinitive_mark | is_subordinate_form |
                                      is_citing;
constexpr std::uint64_t genders = is_masculine | is_feminine | is_neuter | is_plural;

}  // namespace

/// "der Sender „Kanal 10“", "laut „Hafenbote“": what few words behind a noun or an article name is no quotation.
void Phrases::open_names() {
  for (std::size_t i = 1; i < size(); ++i) {
    const int q = quotation_[i];
    if (q < 0 || quotation_[i - 1] == q) continue;
    std::size_t end = i;
    std::size_t count = 0;
    bool begins_with_capital = false;
    for (; end < size() && quotation_[end] == q; ++end) {
      if (is_mark(end)) continue;
      if (count++ == 0) begins_with_capital = is_capitalised(end);
    }
    const SpeechWord& before = words_[i - 1];
    const bool follows_noun = before.is(is_article | is_body | is_person | is_before_speaker) ||
                              before.begins(is_before_speaker) ||
                              (lexicon_.nouns_have_capitals && is_capitalised(i - 1) && i > 1);
    const bool is_name = count > 0 && count <= quoted_name_words_max && begins_with_capital && follows_noun &&
                         !is_mark(i - 1) && !is_quoted(i - 1);
    for (auto k = i; is_name && k < end; ++k) quotation_[k] = -1;
    i = end - 1;
  }
}

bool Phrases::is_actor(Range range) const {
  const Span span = span_of(range);
  return std::any_of(mentions_.begin(), mentions_.end(), [&](const ActorMention& m) { return m.span.overlaps(span); });
}

bool Phrases::is_source_noun(std::size_t i) const {
  if (words_[i].is(is_source | is_witness)) return true;
  if (!lexicon_.nouns_have_capitals || !is_capitalised(i)) return false;
  const auto word = article_.words_at(unit_.tokens[i].span);
  return std::any_of(lexicon_.source_endings.begin(), lexicon_.source_endings.end(),
                     [&](const std::string& ending) { return word.ends_with(ending); });
}

bool Phrases::is_comma(std::size_t i) const {
  const auto words = article_.words_at(unit_.tokens[i].span);
  return is_mark(i) && (words == "," || words == "،");
}

bool Phrases::is_dash(std::size_t i) const {
  const auto words = article_.words_at(unit_.tokens[i].span);
  return is_mark(i) && (words == "—" || words == "–" || words == "-") &&
         (i == 0 || unit_.tokens[i].span.begin > unit_.tokens[i - 1].span.end);
}

bool Phrases::ends_as_infinitive(std::size_t i) const {
  const auto word = article_.words_at(unit_.tokens[i].span);
  const auto& endings = lexicon_.infinitive_endings;
  return !is_mark(i) && !is_capitalised(i) && !words_[i].is(is_article | is_preposition | is_inner_preposition) &&
         std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
           return word.size() > ending.size() + 1 && word.ends_with(ending);
         });
}

bool Phrases::is_verb(std::size_t i) const {
  if (is_quoted(i)) return false;
  const auto verbs = is_verb_of_quotation | facts::is_verb;
  return words_[i].is(verbs) || words_[i].begins(verbs);
}

bool Phrases::is_name_word(std::size_t i) const {
  const auto& token = unit_.tokens[i];
  if (token.kind != text::TokenKind::word || !token.is_capitalised || is_quoted(i)) return false;
  return !words_[i].is(is_article | is_preposition | is_inner_preposition | is_conjunction | is_pronoun | is_honorific |
                       facts::is_verb | is_not_in_names | is_calendar | is_that | is_auxiliary | is_adverb |
                       is_relative | is_person | is_body) &&
         !words_[i].begins(is_before_speaker);
}

std::size_t Phrases::name_end(std::size_t i, std::size_t to) const {
  if (!is_name_word(i)) return i;
  std::size_t end = i + 1;
  const auto is_initial = [&](std::size_t k) {
    return unit_.tokens[k].is_capitalised && count_code_points(article_.words_at(unit_.tokens[k].span)) == 1;
  };
  while (end < to) {
    if (is_name_word(end) && touches(end)) {
      ++end;
      continue;
    }
    if (end + 1 >= to || !touches(end) || !touches(end + 1)) break;
    const bool is_hyphen = unit_.keys[end] == hyphen && is_glued(end);
    const bool is_stop = is_mark(end, '.') && is_initial(end - 1);
    const bool is_particle =
        unit_.tokens[end].kind == text::TokenKind::word && !is_capitalised(end) && unit_.tokens[end].span.size() <= 3 &&
        !words_[end].is(ends_phrase | is_article | is_inner_preposition) && !lexicon_.nouns_have_capitals;
    const bool is_german_particle = lexicon_.nouns_have_capitals && words_[end].is(is_inner_preposition) &&
                                    article_.words_at(unit_.tokens[end].span) == "von";
    if (!(is_hyphen || is_stop || is_particle || is_german_particle)) break;
    // "Hayat Tahrir al-Sham"
    const std::size_t next = is_particle && unit_.keys[end + 1] == hyphen && end + 2 < to ? end + 2 : end + 1;
    if (!is_name_word(next)) break;
    end = next + 1;
  }
  return end;
}

bool Phrases::is_phrase_word(std::size_t i, std::size_t begin) const {
  if (is_quoted(i)) return false;
  if (unit_.keys[i] == hyphen) return is_glued(i);
  const SpeechWord& word = words_[i];
  if (unit_.tokens[i].kind == text::TokenKind::mark) {
    // "M. Martin", "J. K. Petersen"
    if (unit_.quotation[i] >= 0) return i > begin;
    return is_mark(i, '.') && i > begin && unit_.tokens[i].span.begin == unit_.tokens[i - 1].span.end &&
           (words_[i - 1].is(is_honorific) || unit_.tokens[i - 1].span.size() <= 3) && i + 1 < size() &&
           is_capitalised(i + 1);
  }
  if (word.is(is_inner_preposition)) return i > begin || word.is(is_article);
  if (word.is(is_article)) return i == begin || words_[i - 1].is(is_inner_preposition);
  const bool is_name_like = unit_.tokens[i].is_capitalised && i > begin;
  if (word.is(ends_phrase) && !(is_name_like && !word.is(is_calendar | is_pronoun | is_preposition | is_conjunction)))
    return false;
  if (word.begins(is_before_speaker | is_behind_speaker | is_citing | is_second_mouth)) return false;
  const bool is_head = word.begins(is_person | is_body);
  const bool is_speaking =
      word.is(facts::is_verb | is_verb_of_quotation) && !is_head && !unit_.tokens[i].is_capitalised;
  // "the accused officer": behind an article a verb is none.
  return !is_speaking || (i > begin && words_[i - 1].is(is_article) && i - 1 == begin);
}

std::size_t Phrases::phrase_end(std::size_t begin, std::size_t to) const {
  std::size_t end = begin;
  bool has_noun = false;
  while (end < to && end - begin < phrase_tokens_max && (end == begin || touches(end) || is_mark(end - 1)) &&
         is_phrase_word(end, begin)) {
    const bool is_word = unit_.tokens[end].kind == text::TokenKind::word;
    if (lexicon_.nouns_have_capitals && is_word) {
      // "die Polizei hat": behind the noun only capitals and genitives go on.
      const bool goes_on = is_capitalised(end) || words_[end].is(is_inner_preposition) ||
                           words_[end - (end > begin)].is(is_inner_preposition | is_article) ||
                           (end > begin && !is_capitalised(end - 1) && !is_mark(end - 1) && has_noun);
      if (has_noun && !goes_on) break;
      has_noun |= is_capitalised(end) && end > begin;
      has_noun |= is_capitalised(end) && !words_[end].is(is_article);
    }
    end += std::max<std::size_t>(1, words_[end].begins(is_person | is_body) ? words_[end].size : 1);
  }
  end = std::min(end, to);
  while (end > begin && (words_[end - 1].is(is_inner_preposition | is_article) || is_mark(end - 1))) --end;
  return end;
}

std::optional<Range> Phrases::person_mention_in(Range range) const {
  const Span span = span_of(range);
  auto at = std::lower_bound(mentions_.begin(), mentions_.end(), span.begin,
                             [](const ActorMention& m, std::uint32_t begin) { return m.span.begin < begin; });
  std::optional<Range> found;
  for (; at != mentions_.end() && at->span.begin < span.end; ++at) {
    if (actors_[at->actor].type != ActorType::person || !span.contains(at->span)) continue;
    Range tokens{range.end, range.begin};
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (!at->span.contains(unit_.tokens[i].span)) continue;
      tokens.begin = std::min(tokens.begin, i);
      tokens.end = i + 1;
    }
    if (!tokens.is_empty()) found = tokens;
  }
  return found;
}

std::uint64_t Phrases::agreement_of(Range range, std::uint64_t of_article) const {
  std::uint64_t found = of_article;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (words_[i].is(is_honorific | is_person) && words_[i].is(genders)) return words_[i].flags & genders;
  }
  return found;
}

/// Tells who it is by what stands in [first, end).
void Phrases::read_inside(Party& party, std::size_t first, std::size_t end) const {
  std::optional<Range> office, body, name;
  for (std::size_t i = first; i < end;) {
    const bool leads_on = i > first && words_[i - 1].is(is_inner_preposition | is_article) && i - 1 > first;
    if (words_[i].begins(is_person) && !words_[i].is(facts::is_verb)) {
      if (!office && !(body && leads_on)) office = Range{i, i + words_[i].size};
      i += words_[i].size;
    } else if (words_[i].begins(is_body) && !words_[i].is(facts::is_verb)) {
      if (!body && !office) body = Range{i, i + words_[i].size};
      i += words_[i].size;
    } else if (const auto behind = name_end(i, end); behind > i) {
      // "le ministre des Affaires étrangères": what "of" leads in is not the holder.
      const bool is_long = behind - i >= 2;
      const bool may_be_name = is_long || !lexicon_.nouns_have_capitals ||
                               words_[i > first ? i - 1 : i].is(is_honorific) || (office && i == office->end);
      const bool is_letter = !is_long && count_code_points(article_.words_at(unit_.tokens[i].span)) == 1;
      // "le chercheur de la Fondation Berlinoise": what goes on with the genitive is not the holder.
      const bool is_of_body = !is_long && i > first && words_[i - 1].is(is_body) && office && office->end < i;
      if (!leads_on && !is_letter && !is_of_body && may_be_name && (!name || office)) name = Range{i, behind};
      i = behind;
    } else {
      ++i;
    }
  }
  if (const auto person = person_mention_in({first, end}); person && !(office && person->end <= office->begin)) {
    const bool belongs = person->begin > first && words_[person->begin - 1].is(is_inner_preposition);
    if (!belongs) name = person;
  }
  // "Kremlin spokesman": the name before an office belongs to it.
  if (office && name && name->end <= office->begin) name.reset();
  if (name && body && !office && name->begin > first) name.reset();
  if (name && body && name->begin == first && body->begin >= name->end) name.reset();
  if (name) {
    party.kind = SpeakerKind::name;
    party.words = *name;
    if (office) party.role = {office->begin, name->begin};
  } else if (office) {
    party.kind = SpeakerKind::office;
    party.words = {first, end};
    party.role = party.words;
  } else {
    party.kind = body ? SpeakerKind::body : SpeakerKind::common;
    party.words = {first, end};
  }
  while (!party.role.is_empty() &&
         (is_mark(party.role.end - 1) || words_[party.role.end - 1].is(is_honorific | is_article)))
    --party.role.end;
}

/// "…, Maria Zakharova," behind an office, "…, chairman of the board," behind a name.
void Phrases::read_apposition(Party& party, std::size_t to) const {
  const auto comma = party.all.end;
  if (comma + 1 >= to || !is_comma(comma) || is_quoted(comma + 1)) return;
  std::size_t first = comma + 1;
  if (words_[first].is(is_article)) ++first;
  const auto limit = std::min(to, comma + 1 + apposition_tokens_max);
  const auto end = phrase_end(comma + 1, limit);
  if (end <= first) return;
  Party other;
  read_inside(other, first, end);
  const bool is_closed = end >= to || is_mark(end) || is_verb(end) ||
                         words_[end].is(is_auxiliary | is_preposition | is_calendar | is_that);
  if (party.kind == SpeakerKind::office && other.kind == SpeakerKind::name && other.words.begin == first && is_closed) {
    party.role = party.words;
    party.words = other.words;
    party.kind = SpeakerKind::name;
  } else if (party.kind == SpeakerKind::name && other.kind == SpeakerKind::office && is_closed) {
    party.role = other.words;
  } else {
    return;
  }
  party.all.end = end;
  if (party.all.end + 1 < to && is_comma(party.all.end) && party.all.end - comma > 1) ++party.all.end;
}

std::optional<Party> Phrases::party_at(std::size_t i, std::size_t to) const {
  to = std::min(to, size());
  if (i >= to || is_quoted(i) || is_mark(i) || !is_phrase_word(i, i)) return {};
  const auto end = phrase_end(i, to);
  if (end <= i) return {};
  std::size_t first = i;
  const std::uint64_t of_article = words_[i].is(is_article) ? words_[i].flags & genders : 0;
  if (words_[i].is(is_article)) ++first;
  while (first < end && words_[first].is(is_article)) ++first;
  if (first >= end) return {};
  // Where nouns have capitals, words without one name nobody.
  if (lexicon_.nouns_have_capitals) {
    bool has_noun = false;
    for (std::size_t k = first; k < end; ++k) has_noun |= is_capitalised(k);
    if (!has_noun) return {};
  }
  Party party;
  party.all = {i, end};
  read_inside(party, first, end);
  // "l'Office national des statistiques": persons take no article.
  const bool has_article =
      first > i && party.kind == SpeakerKind::name && party.role.is_empty() && party.words.begin == first;
  if (has_article && lexicon_.has_articles && !person_mention_in(party.all)) {
    party.kind = SpeakerKind::body;
    party.words = {first, end};
  }
  // The honorific belongs to all the words, not to the name.
  party.agreement = agreement_of(party.all, of_article);
  read_apposition(party, to);
  return party;
}

std::optional<Party> Phrases::pronoun_at(std::size_t i) const {
  if (is_quoted(i) || !words_[i].begins(is_pronoun) || (words_[i].is(is_article) && words_[i].size == 1)) return {};
  Party party;
  party.all = party.words = {i, i + words_[i].size};
  party.kind = SpeakerKind::name;
  party.is_pronoun = true;
  party.agreement = (words_[i].size == 1 ? words_[i].flags : words_[i].phrase) & genders;
  return party;
}

std::size_t Phrases::behind_brackets(std::size_t i, std::size_t to) const {
  if (!is_mark(i, '(')) return i;
  for (std::size_t k = i + 1; k < to; ++k) {
    if (is_mark(k, ')')) return k + 1;
  }
  return i;
}

/// Where the phrase of a noun at `i` begins behind a preposition: "nach | zwei schweren Bränden". `i` where there is none.
std::size_t Phrases::behind_preposition(std::size_t i) const {
  for (std::size_t k = i; k > 0 && i - k <= words_before_noun_max; --k) {
    if (words_[k - 1].is(is_preposition)) return k;
    const bool may_stand_between = unit_.tokens[k - 1].kind != text::TokenKind::mark && !is_capitalised(k - 1) &&
                                   !words_[k - 1].is(facts::is_verb | is_auxiliary | is_conjunction | is_coordination |
                                                     is_pronoun | is_that | is_relative);
    if (!may_stand_between) break;
  }
  return i;
}

/// The noun phrase at token `i` if no preposition leads it in; `next` is where to go on.
std::optional<Party> Phrases::free_party(std::size_t i, std::size_t to, std::size_t& next) const {
  next = behind_brackets(i, to);
  if (next > i) return {};
  auto found = party_at(i, to);
  next = found ? std::max(found->all.end, i + 1) : i + 1;
  if (!found || words_[i].is(is_oblique)) return {};
  const auto begin = behind_preposition(i);
  const bool is_led_in = begin > 0 &&
                         words_[begin - 1].is(is_preposition | is_inner_preposition | is_infinitive_mark) &&
                         !is_quoted(begin - 1);
  if (!is_led_in) return found;
  // "Interrogé par l'AFP, le directeur": no apposition to what a preposition leads in.
  next = std::max(phrase_end(i, to), i + 1);
  // "После спектакля Иван Иванов": where no article parts them, the person behind the noun is free.
  if (lexicon_.has_articles) return {};
  const auto person = person_mention_in(found->all);
  if (!person || person->begin == found->all.begin || words_[person->begin - 1].is(is_inner_preposition | is_article))
    return {};
  found->all.begin = person->begin;
  found->words = *person;
  found->role = {};
  found->kind = SpeakerKind::name;
  return found;
}

std::optional<Party> Phrases::last_free_in(std::size_t from, std::size_t to) const {
  std::optional<Party> last;
  for (std::size_t i = from, next = from; i < to; i = next) {
    auto found = free_party(i, to, next);
    if (!found) continue;
    // "Poutine et Pezeshkian ont souligné": both; the first names them.
    const bool is_joined = last && i > from && i - 1 == last->all.end && words_[i - 1].is(is_coordination);
    if (!is_joined) {
      last = found;
      continue;
    }
    last->all.end = found->all.end;
    last->agreement = is_plural;
  }
  return last;
}

std::optional<Party> Phrases::first_free_in(std::size_t from, std::size_t to) const {
  for (std::size_t i = from, next = from; i < to; i = next) {
    if (auto found = free_party(i, to, next)) return found;
  }
  return {};
}

}  // namespace depesche::facts
