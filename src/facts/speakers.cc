// A speaker is printed as a name, a body or an office.
//
//   Maria Zakharova · J. K. Petersen · Hayat Tahrir al-Sham    capitals, with initials, particles and hyphens between
//   le ministère russe des Affaires étrangères                 a head that the pack knows, and what belongs to it
//   la porte-parole de la diplomatie russe, Maria Zakharova    an office; where a name stands behind it, the name
//
// Where a language prints all nouns with capitals, one capital alone is no name. What stands behind a preposition is
// somebody else: in "Citée par Sana, une source militaire a indiqué …" the source speaks.
#include "facts/speakers.h"

#include <algorithm>

#include "core/unicode.h"

namespace depesche::facts {

using text::Token;
using text::TokenKind;

namespace {

constexpr std::size_t premodifier_tokens_max = 3;  ///< "the Syrian state news agency"
constexpr std::size_t name_behind_office_tokens_max = 16;

}  // namespace

std::optional<Speaker> SpeakerFinder::first_in(const Unit& unit, std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) {
    if (auto found = at(unit, i, to)) return found;
  }
  return {};
}

std::optional<Speaker> SpeakerFinder::last_free_in(const Unit& unit, std::size_t from, std::size_t to) const {
  std::optional<Speaker> last;
  for (std::size_t i = from; i < to;) {
    const auto found = at(unit, i, to);
    if (!found) {
      ++i;
      continue;
    }
    // "Mirko Salandt, chairman of …": the office behind a name is its apposition.
    const bool is_apposition = last && last->kind == SpeakerKind::name && found->kind != SpeakerKind::name &&
                               found->begin - last->end <= 2 && unit.keys[last->end] == other_mark;
    if (!is_subordinate(unit, found->begin, from) && !is_apposition) last = found;
    i = found->end;
  }
  return last;
}

std::optional<Speaker> SpeakerFinder::body_at(const Unit& unit, std::size_t i) const {
  const auto size = body_head_at(unit, i);
  return size > 0 ? phrase(unit, i, i + size, unit.tokens.size(), SpeakerKind::body) : std::nullopt;
}

std::optional<Span> SpeakerFinder::person_that_opens(const Unit& unit) const {
  const auto limit = std::min(unit.tokens.size(), opening_tokens_max);
  for (std::size_t i = 0; i < limit; ++i) {
    const auto found = at(unit, i, unit.tokens.size());
    if (!found) continue;
    const bool is_full_name = found->kind == SpeakerKind::name && found->end - found->begin >= 2;
    if (!is_full_name || is_subordinate(unit, found->begin, 0)) return {};
    return hull(unit.tokens[found->begin].span, unit.tokens[found->end - 1].span);
  }
  return {};
}

std::size_t SpeakerFinder::name_end(const Unit& unit, std::size_t i) const {
  if (!is_name_word(unit, i) || is_office(unit, i)) return i;
  std::size_t end = i + 1;
  while (end < unit.tokens.size()) {
    const bool has_next = end + 1 < unit.tokens.size();
    const bool is_link =
        has_next && (unit.keys[end] == hyphen || is_particle(unit, end)) && touches(unit, end) && joins(unit, end + 1);
    // "J. K. Petersen"
    const bool is_stop = has_next && is_initial(unit, end - 1) && article_.words_at(unit.tokens[end].span) == "." &&
                         is_name_word(unit, end + 1);
    if (is_name_word(unit, end) && touches(unit, end)) {
      ++end;
    } else if (is_link || is_stop) {
      end += 2;
    } else {
      break;
    }
  }
  return end;
}

bool SpeakerFinder::is_name_word(const Unit& unit, std::size_t i) const {
  const Token& token = unit.tokens[i];
  if (token.kind != TokenKind::word || !token.is_capitalised) return false;
  const bool is_function_word = lexicon_.articles.contains(token.form) || lexicon_.prepositions.contains(token.form) ||
                                lexicon_.conjunctions.contains(token.form) ||
                                lexicon_.inner_prepositions.contains(token.form) ||
                                lexicon_.according_to.contains(token.form) || lexicon_.pronouns.contains(token.form) ||
                                lexicon_.honorifics.contains(token.form) || lexicon_.verbs.contains(token.form) ||
                                lexicon_.not_in_names.contains(token.form);
  if (is_function_word) return false;
  const auto name = fold(article_.words_at(token.span));
  const auto kinds = {knowledge::NameKind::month, knowledge::NameKind::weekday, knowledge::NameKind::number};
  return std::all_of(kinds.begin(), kinds.end(),
                     [&](auto kind) { return knowledge_.meanings(name, kind, language_).empty(); });
}

std::size_t SpeakerFinder::head_at(const PhraseSet& heads, const PhraseSet& endings, const Unit& unit,
                                   std::size_t i) const {
  if (const auto size = heads.match(unit.keys, i)) return size;
  const Token& token = unit.tokens[i];
  if (endings.is_empty() || token.kind != TokenKind::word || !token.is_capitalised) return 0;
  if (token.span.size() > compound_bytes_max) return 0;
  const auto folded = fold(article_.words_at(token.span));
  for (std::size_t at = compound_part_bytes_min; at < folded.size(); ++at) {
    if (endings.contains(text::form_hash(std::string_view(folded).substr(at)))) return 1;
  }
  return 0;
}

std::size_t SpeakerFinder::person_head_at(const Unit& unit, std::size_t i) const {
  return head_at(lexicon_.person_heads, lexicon_.person_endings, unit, i);
}

std::size_t SpeakerFinder::body_head_at(const Unit& unit, std::size_t i) const {
  return head_at(lexicon_.body_heads, lexicon_.body_endings, unit, i);
}

bool SpeakerFinder::is_initial(const Unit& unit, std::size_t i) const {
  return unit.tokens[i].is_capitalised && count_code_points(article_.words_at(unit.tokens[i].span)) == 1;
}

bool SpeakerFinder::touches(const Unit& unit, std::size_t i) const {
  return i > 0 && unit.tokens[i].span.begin - unit.tokens[i - 1].span.end <= 2;
}

bool SpeakerFinder::is_particle(const Unit& unit, std::size_t i) const {
  const Token& token = unit.tokens[i];
  return token.kind == TokenKind::word && !token.is_capitalised && token.span.size() <= 3 && !unit.keys.empty() &&
         !lexicon_.conjunctions.contains(token.form) && !lexicon_.prepositions.contains(token.form) &&
         !lexicon_.articles.contains(token.form);
}

bool SpeakerFinder::joins(const Unit& unit, std::size_t i) const {
  if (!touches(unit, i)) return false;
  if (is_name_word(unit, i)) return true;
  return unit.keys[i] == hyphen && i + 1 < unit.tokens.size() && is_name_word(unit, i + 1);
}

std::optional<Speaker> SpeakerFinder::at(const Unit& unit, std::size_t i, std::size_t to) const {
  if (unit.quotation[i] >= 0 || unit.tokens[i].kind != TokenKind::word) return {};
  if (const auto size = person_head_at(unit, i)) {
    const auto limit = std::min({to, i + name_behind_office_tokens_max, unit.tokens.size()});
    if (const auto name = name_behind_office(unit, i + size, limit)) return name;
    return phrase(unit, i, i + size, to, SpeakerKind::office);
  }
  if (const auto size = body_head_at(unit, i)) {
    return phrase(unit, i, i + size, to, SpeakerKind::body);
  }
  const auto end = std::min(name_end(unit, i), to);
  if (end <= i) return {};
  if (end - i == 1 && (is_initial(unit, i) || !may_stand_alone(unit, i))) return {};
  // "Syrian Army", "Kremlin spokesman Peskov": the head stands inside or behind the capitals.
  for (std::size_t k = i + 1; k < std::min(end + 2, to); ++k) {
    if (unit.quotation[k] >= 0 || unit.keys[k] == other_mark || !touches(unit, k)) break;
    if (const auto size = body_head_at(unit, k)) {
      return phrase(unit, k, k + size, to, SpeakerKind::body);
    }
    if (const auto size = person_head_at(unit, k)) {
      const auto limit = std::min(to, k + size + name_behind_office_tokens_max);
      if (const auto name = name_behind_office(unit, k + size, limit)) return name;
      return phrase(unit, k, k + size, to, SpeakerKind::office);
    }
  }
  return Speaker{i, end, SpeakerKind::name, false};
}

bool SpeakerFinder::may_stand_alone(const Unit& unit, std::size_t i) const {
  const auto words = article_.words_at(unit.tokens[i].span);
  const bool is_acronym =
      words.size() >= 2 && std::all_of(words.begin(), words.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (is_acronym) return true;
  const auto name = fold(words);
  if (!knowledge_.meanings(name, knowledge::NameKind::country, language_).empty()) return true;
  const auto towns = knowledge_.meanings(name, knowledge::NameKind::town, language_);
  if (!towns.empty() && (!lexicon_.nouns_have_capitals || knowledge_.town(towns[0]).population >= town_population_min))
    return true;
  return !lexicon_.nouns_have_capitals && (i > 0 || unit.tokens.size() == 1 || unit.tokens[i].span.size() > 3);
}

std::optional<Speaker> SpeakerFinder::name_behind_office(const Unit& unit, std::size_t from, std::size_t limit) const {
  for (std::size_t i = from; i < limit; ++i) {
    if (unit.quotation[i] >= 0 || lexicon_.verbs.contains(unit.keys[i])) return {};
    const auto end = std::min(name_end(unit, i), limit);
    if (end <= i) continue;
    const bool follows = i == from && touches(unit, i) && !lexicon_.nouns_have_capitals;
    const bool parted = i > from && unit.keys[i - 1] == other_mark && !lexicon_.nouns_have_capitals;
    if (end - i >= 2 || follows || parted) {
      // "Affaires étrangères" and the like: an organisation the office belongs to, behind "des", is not its holder.
      const bool belongs = is_subordinate(unit, i, from);
      if (!belongs) return Speaker{i, end, SpeakerKind::name, false};
    }
    i = end - 1;
  }
  return {};
}

std::optional<Speaker> SpeakerFinder::phrase(const Unit& unit, std::size_t head, std::size_t behind, std::size_t to,
                                             SpeakerKind kind) const {
  std::size_t begin = head;
  while (begin > 0 && head - begin < premodifier_tokens_max && is_inside_phrase(unit, begin - 1) &&
         touches(unit, begin) && !lexicon_.inner_prepositions.contains(unit.keys[begin - 1])) {
    --begin;
  }
  std::size_t end = behind;
  while (end < std::min(to, behind + phrase_tokens_max) && continues_phrase(unit, end)) ++end;
  while (end > behind && (lexicon_.inner_prepositions.contains(unit.keys[end - 1]) || unit.keys[end - 1] == hyphen ||
                          lexicon_.articles.contains(unit.keys[end - 1]))) {
    --end;
  }
  return Speaker{begin, end, kind, false};
}

bool SpeakerFinder::is_inside_phrase(const Unit& unit, std::size_t i) const {
  if (unit.quotation[i] >= 0) return false;
  if (unit.keys[i] == hyphen) return true;
  const Token& token = unit.tokens[i];
  if (token.kind != TokenKind::word) return false;
  if (lexicon_.inner_prepositions.contains(token.form)) return true;
  if (lexicon_.verbs.contains(token.form) || lexicon_.prepositions.contains(token.form) ||
      lexicon_.conjunctions.contains(token.form) || lexicon_.pronouns.contains(token.form) ||
      lexicon_.articles.contains(token.form) || lexicon_.according_to.contains(token.form)) {
    // "porte-parole de la police": an article right behind an inner preposition goes on.
    return i > 0 && lexicon_.articles.contains(token.form) && lexicon_.inner_prepositions.contains(unit.keys[i - 1]);
  }
  const auto name = fold(article_.words_at(token.span));
  return knowledge_.meanings(name, knowledge::NameKind::weekday, language_).empty() &&
         knowledge_.meanings(name, knowledge::NameKind::month, language_).empty();
}

bool SpeakerFinder::continues_phrase(const Unit& unit, std::size_t i) const {
  if (!is_inside_phrase(unit, i)) return false;
  if (lexicon_.modifiers_follow || unit.tokens[i].is_capitalised || unit.keys[i] == hyphen ||
      unit.keys[i - 1] == hyphen)
    return true;
  if (lexicon_.inner_prepositions.contains(unit.keys[i])) return true;
  return lexicon_.inner_prepositions.contains(unit.keys[i - 1]) || lexicon_.articles.contains(unit.keys[i - 1]);
}

bool SpeakerFinder::is_subordinate(const Unit& unit, std::size_t begin, std::size_t from) const {
  auto i = begin;
  if (i > from && lexicon_.articles.contains(unit.keys[i - 1])) --i;
  if (i == from) return false;
  const Key before = unit.keys[i - 1];
  return lexicon_.prepositions.contains(before) ||
         (lexicon_.inner_prepositions.contains(before) && !lexicon_.articles.contains(before));
}

}  // namespace depesche::facts
