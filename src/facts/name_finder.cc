// A name is a run of words with capitals, and what stands around it says what it names.
//
//   le ministère russe des Affaires étrangères     a body: its head, adjectives, and what belongs to it
//   British Prime Minister Jane Doe                an office in front: the rest of the run is a person
//   Jane Doe, head of the harbour                  … or behind a comma
//   the village of Oberau · Lake Garda             a word for a place beside or inside: a place
//   the Battle of Oberau                           a word for an event: no actor
//   according to Moscow                            a capital that acts is the state that is governed there
//   Hafenbau AG · YouTube · HTS                    a legal form, a capital inside, capitals throughout: an organisation
//   Maria Muster                                   a first name; or two words that no dictionary has
//   Hafenfront, une milice du port                 what it is said to be behind a comma
//
// How a name is used beside that, with an article, with leaders and fighters, is noted for the article to add up (mentions.cc).
//
// What is told by nothing stays `unknown`, for the rest of the article to tell. German nouns have capitals as well: there a word
// of the dictionary ends a run, unless it is a first name, a town or the head of a body.
#include "facts/name_finder.h"

#include <algorithm>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

using text::TokenKind;

constexpr std::size_t body_tokens_max = 10;    ///< behind the head
constexpr std::size_t office_tokens_max = 14;  ///< of an apposition
constexpr std::size_t place_name_tokens_max = 5;
constexpr std::size_t particles_max = 3;
constexpr std::size_t run_tokens_max = 12;
/// Between "a" and what a name is said to be: "a small armed pro-harbour militia".
constexpr std::size_t apposed_words_max = 6;
/// A headline with capitals on most of its words says nothing by them.
constexpr double headline_share = 0.6;
constexpr std::size_t headline_words_min = 4;
/// A town below is less likely meant than a person or thing of its name, where nothing says that it is a place.
constexpr std::uint32_t large_town_min = 100'000;
/// A word in capitals of so many letters that has a meaning is one printed loudly, no acronym: "POLICE".
constexpr unsigned char first_byte_beyond_latin = 0xCD;  ///< UTF-8; Greek, Cyrillic and what follows
constexpr std::size_t acronym_as_name_bytes_min = 4;
constexpr std::size_t loud_word_bytes_min = 5;

}  // namespace

void NameFinder::read(const text::Sentence& sentence, std::optional<Span> apart, std::vector<Candidate>& out) {
  classify(sentence);
  out_ = &out;
  for (std::size_t i = 0; i < tokens_.size();) {
    const bool is_apart = apart && apart->overlaps(tokens_[i].span);
    if (is_apart || tokens_[i].kind != TokenKind::word) {
      if (!is_apart && is_lettered_number(i)) note_use(push(i, i + 1, NameType::unknown, Certainty::guess), i, i + 1);
      ++i;
      continue;
    }
    auto next = known_at(i);
    if (next == i) next = places_at(i);
    // Stems of bodies and offices may be the same: "судья" and "суд".
    const bool is_office = words_.is_inflected && at(i).is(WordClass::begins_office) &&
                           at(i).is(WordClass::begins_body) && words_.offices.match(phrase_keys_, i).size > 0;
    if (next == i && !is_office && at(i).is(WordClass::begins_body) &&
        (!tokens_[i].is_capitalised || words_.modifiers_follow)) {
      const auto body = words_.bodies.match(phrase_keys_, i);
      if (body.size > 0) next = read_body(i, i, body.size, body.value);
    }
    const bool ends_with_body =
        next > i && !out.empty() && out.back().type == NameType::body && out.back().last == first_token_ + next;
    if (ends_with_body) next = read_joined_nations(next);
    if (next == i) next = population_at(i);
    if (next == i && words_.is_caseless) next = read_caseless_name(i);
    if (next == i && is_name_like(i)) next = read_run(i);
    i = std::max(next, i + 1);
  }
}

void NameFinder::classify(const text::Sentence& sentence) {
  tokens_ = text_.tokens_of(sentence);
  first_token_ = sentence.first_token;
  block_ = sentence.block;
  apposed_.reset();
  classes_.clear();
  keys_.clear();
  phrase_keys_.clear();
  std::size_t count = 0, capitals = 0;
  for (const auto& token : tokens_) {
    const auto letters = article_.words_at(token.span);
    classes_.push_back(&words_.class_of(token, letters));
    const bool is_mark = token.kind == TokenKind::mark;
    keys_.push_back(!is_mark ? token.form : letters == "-" ? hyphen : other_mark);
    phrase_keys_.push_back(is_mark || !words_.is_inflected ? keys_.back() : token.stem);
    const bool counts = token.kind == TokenKind::word && !classes_.back()->is(WordClass::function);
    count += counts;
    // Where names have cases, headlines have capitals on names alone, or throughout.
    capitals += counts && (words_.is_inflected ? classes_.back()->is(WordClass::acronym) : token.is_capitalised);
  }
  const auto role = article_.blocks[block_].role;
  const bool may_be = role != Role::body || count == tokens_.size() || !words_.nouns_have_capitals;
  is_headline_ = may_be && count >= headline_words_min &&
                 static_cast<double>(capitals) >= headline_share * static_cast<double>(count) &&
                 (role != Role::body || static_cast<double>(capitals) > 0.8 * static_cast<double>(count));
}

bool NameFinder::touches(std::size_t i) const {
  if (i == 0) return false;
  const Span gap = {tokens_[i - 1].span.end, tokens_[i].span.begin};
  return gap.size() <= 1 || article_.words_at(gap) == "’";
}

bool NameFinder::is_blank_before(std::size_t i) const {
  return i > 0 && tokens_[i].span.begin > tokens_[i - 1].span.end;
}

/// Whether a capital says nothing because a sentence begins here.
bool NameFinder::is_start(std::size_t i) const {
  if (i == 0) return true;
  if (tokens_[i - 1].kind != TokenKind::mark) return false;
  const auto mark = word(i - 1);
  return mark != "," && mark != "(" && mark != "-" && mark != "/" && mark != "'" && mark != "’";
}

bool NameFinder::is_initial(std::size_t i) const {
  return tokens_[i].is_capitalised && count_code_points(word(i)) == 1;
}

/// "H17": a road, a device, or a group, if it has leaders and fighters.
bool NameFinder::is_lettered_number(std::size_t i) const {
  if (tokens_[i].kind != TokenKind::number || !tokens_[i].is_capitalised || is_headline_) return false;
  const auto digits = word(i).substr(code_point_at(word(i), 0).next);
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether a name may begin with the token.
bool NameFinder::is_name_like(std::size_t i) const {
  const auto& token = tokens_[i];
  if (apposed_ && apposed_->begin == i) return true;
  if (token.kind != TokenKind::word || !token.is_capitalised || words_.is_caseless) return false;
  const WordClass& c = at(i);
  const bool is_named = c.is(WordClass::given) || c.town != WordClass::none || c.country != WordClass::none ||
                        c.compound_body != WordClass::none;
  if (c.is(WordClass::calendar | WordClass::not_in_names)) return false;
  if (i > 0 && !is_blank_before(i) && tokens_[i - 1].kind == TokenKind::mark) {
    const auto mark = word(i - 1);  // of addresses and names of accounts
    if (mark == "/" || mark == "@" || mark == "#" || mark == "_") return false;
  }
  if (c.is(WordClass::function) && !(c.is(WordClass::acronym) && !is_start(i) && !is_headline_)) return false;
  const bool is_head = c.is(WordClass::begins_office | WordClass::begins_body | WordClass::honorific |
                            WordClass::begin_names | WordClass::begins_place | WordClass::compound_office);
  if (words_.nouns_have_capitals && !is_named && !is_head && c.is(WordClass::common | WordClass::begins_thing) &&
      !c.is(WordClass::acronym))
    return false;
  if (is_start(i) && !is_named && !is_head && c.is(WordClass::common | WordClass::speech_verb)) {
    const bool is_followed =
        i + 1 < tokens_.size() && touches(i + 1) && tokens_[i + 1].is_capitalised && !at(i + 1).is(WordClass::function);
    // "Hafen said", "Hafen fighters": a name that is a word as well, if the article prints it elsewhere.
    const bool is_used_as_name = i + 1 < tokens_.size() && touches(i + 1) && !words_.modifiers_follow &&
                                 at(i + 1).is(WordClass::speech_verb | WordClass::fighters);
    return (is_followed || is_used_as_name) && !words_.nouns_have_capitals && !is_headline_;
  }
  return true;
}

bool NameFinder::may_go_on(std::size_t i) const {
  const auto& token = tokens_[i];
  if (token.kind != TokenKind::word || !token.is_capitalised) return false;
  const WordClass& c = at(i);
  if (c.is(WordClass::calendar | WordClass::not_in_names)) return false;
  // "Bruno Le Maire"
  if (c.is(WordClass::function) && (!c.is(WordClass::particle) || is_headline_ || is_start(i))) return false;
  if (!words_.nouns_have_capitals) return true;
  // Behind a first name stands a family's, which may be an ordinary word: "Anna Bergmann".
  const bool is_family = i > 0 && touches(i) && at(i - 1).is(WordClass::given) && !at(i - 1).is(WordClass::common) &&
                         !c.is(WordClass::begins_office | WordClass::begins_body | WordClass::function);
  if (is_family) return true;
  return is_name_like(i);
}

/// A description is printed with its article: "l'armée", "the rebels".
void NameFinder::take_article(Candidate& name) const {
  const auto begin = name.first - first_token_;
  if (begin == 0 || !touches(begin) || !at(begin - 1).is(WordClass::article)) return;
  --name.first;
  name.span.begin = tokens_[begin - 1].span.begin;
}

Candidate& NameFinder::push(std::size_t begin, std::size_t end, NameType type, Certainty certainty) {
  Candidate& out = out_->emplace_back();
  out.block = block_;
  out.first = first_token_ + static_cast<std::uint32_t>(begin);
  out.last = first_token_ + static_cast<std::uint32_t>(end);
  out.span = hull(tokens_[begin].span, tokens_[end - 1].span);
  out.type = type;
  out.certainty = certainty;
  out.needs_witness = is_headline_;
  return out;
}

// -- what is known beforehand -----------------------------------------------------------------------------------------

/// "Otan": letters that are read as a word have one capital in some houses.
bool NameFinder::is_printed_as_name(std::size_t i) const {
  return tokens_[i].is_capitalised && !is_start(i) && word(i).size() >= acronym_as_name_bytes_min &&
         !at(i).is(WordClass::common | WordClass::function | WordClass::given);
}

std::size_t NameFinder::known_at(std::size_t i) {
  if (!at(i).is(WordClass::begins_known)) return i;
  const auto found = shared_.known_forms.match(keys_, i);
  if (found.size == 0) return i;
  const KnownName& known = shared_.known_names[found.value];
  const bool is_printed_so = words_.is_caseless || (found.size == 1 && known.needs_capitals && !is_printed_as_name(i)
                                                        ? at(i).is(WordClass::acronym)
                                                        : tokens_[i].is_capitalised);
  if (!is_printed_so || (is_headline_ && found.size == 1 && !at(i).is(WordClass::acronym))) return i;
  const auto end = i + found.size;
  const bool goes_on = end < tokens_.size() && touches(end) && may_go_on(end) && !at(i).is(WordClass::acronym);
  if (goes_on && found.size == 1) return i;
  auto& name = push(i, end, known.type == ActorType::state ? NameType::country : NameType::body, Certainty::sure);
  if (known.type == ActorType::state) {
    const auto ids = shared_.knowledge.meanings(fold(known.name), knowledge::NameKind::country, Language("en"));
    name.country = ids.empty() ? WordClass::none : ids[0];
    note_acting(name, i, end);
  } else {
    name.known = found.value;
  }
  name.needs_witness = false;
  return end;
}

/// Countries, and towns of several words: "États-Unis", "New York".
std::size_t NameFinder::places_at(std::size_t i) {
  const WordClass& c = at(i);
  if (c.is(WordClass::begins_places)) {
    auto end = std::min(tokens_.size(), i + place_name_tokens_max);
    for (; end > i + 1; --end) {
      if (tokens_[end - 1].kind != TokenKind::word || (!tokens_[end - 1].is_capitalised && !words_.is_caseless))
        continue;
      const auto folded = fold(article_.words_at(hull(tokens_[i].span, tokens_[end - 1].span)));
      for (const auto& meaning : shared_.knowledge.meanings(folded)) {
        if (meaning.kind != knowledge::NameKind::country && meaning.kind != knowledge::NameKind::town) continue;
        const bool is_country = meaning.kind == knowledge::NameKind::country;
        const bool goes_on = end < tokens_.size() && touches(end) && is_blank_before(end) && may_go_on(end) &&
                             !at(end).is(WordClass::given | WordClass::honorific | WordClass::begins_office);
        if (goes_on) return i;  // "New York Times"
        if (end < tokens_.size() && word(end) == "." && touches(end) && !is_blank_before(end) &&
            word(end - 1).size() == 1)
          ++end;  // "U.S."
        auto& name = push(i, end, is_country ? NameType::country : NameType::place, Certainty::sure);
        (is_country ? name.country : name.town) = meaning.id;
        if (is_country) note_acting(name, i, end);
        return end;
      }
    }
  }
  if (c.country == WordClass::none || c.is_demonym) return i;
  const bool is_joined =
      i + 1 < tokens_.size() && touches(i + 1) && (may_go_on(i + 1) || (is_hyphen(i + 1) && !is_blank_before(i + 1)));
  if (is_joined || (i > 0 && is_hyphen(i - 1) && !is_blank_before(i))) return i;
  auto& name = push(i, i + 1, NameType::country, Certainty::sure);
  name.country = c.country;
  name.needs_witness = false;
  note_acting(name, i, i + 1);
  return i + 1;
}

/// Whether a town or country does something here: it stands behind "according to", or before a verb and behind nothing that
/// would make a place of it.
void NameFinder::note_acting(Candidate& name, std::size_t begin, std::size_t end) const {
  const bool is_first = begin == 0 || tokens_[begin - 1].kind == TokenKind::mark;
  const WordClass* before = is_first ? nullptr : &at(begin - 1);
  const WordClass* beyond = begin >= 2 && before != nullptr && before->is(WordClass::article) ? &at(begin - 2) : before;
  if (before != nullptr && (before->is(WordClass::beside_actors) || beyond->is(WordClass::beside_actors))) {
    name.acts = true;
    return;
  }
  const bool is_behind_preposition =
      before != nullptr &&
      (before->is(WordClass::at | WordClass::inner_preposition) || before->is(WordClass::begins_place) ||
       (before->is(WordClass::function) && !before->is(WordClass::article | WordClass::conjunction)));
  if (is_behind_preposition || end >= tokens_.size() || tokens_[end].kind != TokenKind::word || !touches(end)) return;
  const WordClass& next = at(end);
  const bool is_conjunction = next.is(WordClass::conjunction);
  const bool joins_another = is_conjunction && end + 1 < tokens_.size() && tokens_[end + 1].is_capitalised;
  name.acts =
      next.is(WordClass::speech_verb) || joins_another ||
      (!tokens_[end].is_capitalised && !is_conjunction && !next.is(WordClass::inner_preposition | WordClass::at) &&
       (is_first || before == nullptr || before->is(WordClass::conjunction | WordClass::article)));
}

std::size_t NameFinder::population_at(std::size_t i) {
  const WordClass& c = at(i);
  PhraseTable::Found found;
  if (c.is(WordClass::begins_population)) found = words_.populations.match(phrase_keys_, i);
  const auto size = found.size;
  if (size == 0) return i;
  if (tokens_[i].is_capitalised && !words_.nouns_have_capitals && !is_start(i)) return i;
  // "l'offensive rebelle": an adjective.
  if (words_.modifiers_follow && !words_.is_inflected && i > 0 && touches(i) &&
      tokens_[i - 1].kind == TokenKind::word && !at(i - 1).is(WordClass::function | WordClass::calendar))
    return i;
  auto begin = i;
  auto end = i + size;
  auto country = WordClass::none;
  // "Syrian rebels", "rebelles islamistes syriens"
  const auto takes = [&](std::size_t k) {
    const WordClass& neighbour = at(k);
    if (neighbour.is_demonym && country == WordClass::none) country = neighbour.country;
    // "Islamist rebels" are some of the rebels.
    if (!neighbour.is_demonym && neighbour.is(WordClass::begins_population)) found.value = WordClass::none;
    return neighbour.is_demonym || neighbour.is(WordClass::begins_population);
  };
  if (words_.modifiers_follow && !words_.is_inflected) {
    while (end < tokens_.size() && touches(end) && tokens_[end].kind == TokenKind::word && takes(end)) ++end;
  } else {
    while (begin > 0 && touches(begin) && tokens_[begin - 1].kind == TokenKind::word && takes(begin - 1)) --begin;
  }
  auto& name = push(begin, end, NameType::population, Certainty::likely);
  name.is_description = true;
  name.country = country;
  name.population = found.value;
  name.needs_witness = false;
  take_article(name);
  return end;
}

// -- bodies -----------------------------------------------------------------------------------------------------------

/// "les diplomaties russe, iranienne et turque": adjectives that join that of a body stand for their states.
std::size_t NameFinder::read_joined_nations(std::size_t i) {
  if (!at(i - 1).is_demonym) return i;
  for (auto k = i; k + 1 < tokens_.size(); k += 2) {
    const bool joins = word(k) == "," || at(k).is(WordClass::conjunction);
    if (!joins || !at(k + 1).is_demonym || tokens_[k + 1].is_capitalised) return k;
    auto& name = push(k + 1, k + 2, NameType::country, Certainty::sure);
    name.country = at(k + 1).country;
    name.is_description = name.acts = true;
    name.needs_witness = false;
  }
  return i;
}

/// How far a body's name goes behind its head: adjectives, and what "of" joins. `is_named`: the head has a capital, so that
/// small words may belong to the name ("Observatoire syrien des droits de l'homme").
std::size_t NameFinder::body_end(std::size_t head, std::size_t from, bool is_named) const {
  std::size_t end = from;
  const auto limit = std::min(tokens_.size(), from + body_tokens_max);
  std::size_t kept = from;  // the end of the last word that a name may end with
  while (end < limit) {
    const WordClass& c = at(end);
    if (is_hyphen(end) && !is_blank_before(end) && end + 1 < limit && !is_blank_before(end + 1)) {
      end += 2;
      kept = end;
      continue;
    }
    if (tokens_[end].kind == TokenKind::mark) {
      const auto mark = word(end);
      if ((mark == "'" || mark == "’" || mark == "&") && touches(end)) {
        ++end;
        continue;
      }
      break;
    }
    if (!touches(end)) break;
    const bool is_inner = c.is(WordClass::inner_preposition);
    const bool is_article_inside =
        c.is(WordClass::article) && end > from && at(end - 1).is(WordClass::inner_preposition);
    if (is_inner || is_article_inside) {
      ++end;
      continue;
    }
    if (c.is(WordClass::calendar) || c.is(WordClass::speech_verb)) break;
    if (c.is(WordClass::conjunction)) {
      // "de l'Économie et des Finances"
      const bool goes_on = end + 1 < limit &&
                           (at(end + 1).is(WordClass::inner_preposition) || tokens_[end + 1].is_capitalised) &&
                           is_named && end > from;
      const bool is_capital_behind =
          end + 2 < limit && (tokens_[end + 1].is_capitalised || tokens_[end + 2].is_capitalised);
      if (!goes_on || !is_capital_behind || at(end + 1).country != WordClass::none) break;
      ++end;
      continue;
    }
    if (c.is(WordClass::function)) break;
    const auto before = end > from && tokens_[end - 1].kind == TokenKind::mark ? end - 1 : end;  // "l'homme"
    const bool is_behind_link = before > from && at(before - 1).is(WordClass::inner_preposition | WordClass::article);
    const bool is_adjective =
        words_.modifiers_follow && !tokens_[end].is_capitalised && (c.is(WordClass::adjective) || c.is_demonym);
    if (tokens_[end].is_capitalised) {
      const bool is_office = c.is(WordClass::begins_office) &&
                             words_.offices.match(phrase_keys_, end).size > 0;  // not "Ministry of Defence"
      if (is_office || c.is(WordClass::honorific)) break;
      // "le groupe armé Hafenfront": the name stands by itself.
      if (!is_named && !is_behind_link && !tokens_[head].is_capitalised) break;
      // "Amt für Fischerei Frank-Anton Weiser"
      const bool begins_name = c.is(WordClass::given) && end > from && end + 1 < limit &&
                               (is_hyphen(end + 1) || (touches(end + 1) && tokens_[end + 1].is_capitalised &&
                                                       at(end + 1).is(WordClass::family)));
      if (begins_name && tokens_[end - 1].is_capitalised) break;
      const bool is_full_name = end + 1 < limit && touches(end + 1) && tokens_[end + 1].is_capitalised;
      if (c.is(WordClass::given) && !c.is(WordClass::common) && c.country == WordClass::none && end > from &&
          (c.town == WordClass::none || is_full_name))
        break;
      // "le gouvernement de Poutine": whose, not what.
      if (!is_named && is_behind_link && c.country == WordClass::none && c.town == WordClass::none &&
          !c.is(WordClass::common))
        break;
      kept = ++end;
      continue;
    }
    // "pro-iranien"
    const bool is_prefixed = words_.modifiers_follow && end + 2 < limit && is_hyphen(end + 1) &&
                             !is_blank_before(end + 1) &&
                             (at(end + 2).is(WordClass::adjective) || at(end + 2).is_demonym);
    if (is_prefixed) {
      kept = end += 3;
      continue;
    }
    if (is_adjective ||
        (is_behind_link && is_named && words_.modifiers_follow && !words_.is_inflected && c.is(WordClass::common))) {
      kept = ++end;
      continue;
    }
    // "حركة هافن": without capitals, the word behind the head that no dictionary has is its name.
    if (words_.is_caseless && end == from && !c.is(WordClass::common)) {
      kept = ++end;
      continue;
    }
    if (words_.is_inflected && !is_named && (c.is(WordClass::adjective) || c.is_demonym)) {
      kept = ++end;
      continue;
    }
    break;
  }
  return kept;
}

/// A body whose head is tokens [head, head + size), with what belongs to it before and behind; `begin` is where the capitals in
/// front begin.
std::size_t NameFinder::read_body(std::size_t begin, std::size_t head, std::size_t size, std::uint32_t kind) {
  const bool has_capital = tokens_[head].is_capitalised && !(words_.nouns_have_capitals || is_start(head));
  bool is_named = has_capital;
  const auto behind = head + size;
  std::size_t end = behind;
  if (words_.modifiers_follow) {
    end = body_end(head, behind, tokens_[head].is_capitalised);
    // "la police syrienne", "российское правительство"
    if (words_.is_inflected && begin == head && head > 0 && touches(head) && at(head - 1).is_demonym) begin = head - 1;
  } else {
    const bool links = behind + 1 < tokens_.size() && touches(behind) && at(behind).is(WordClass::inner_preposition);
    if (tokens_[head].is_capitalised && !words_.nouns_have_capitals && links) {
      end = body_end(head, behind, true);
    } else {
      while (end < tokens_.size() && end < behind + run_tokens_max && touches(end) && may_go_on(end) &&
             !at(end).is(WordClass::begins_office | WordClass::given)) {
        if (!is_named && !tokens_[head].is_capitalised) break;
        ++end;
      }
      if (links && words_.nouns_have_capitals && shared_.kinds[kind].is_one == false) {
        const auto far = body_end(head, behind, true);
        if (far > behind && tokens_[far - 1].is_capitalised) end = std::max(end, far);
      }
    }
    if (begin == head && head > 0 && touches(head) && tokens_[head - 1].kind == TokenKind::word &&
        at(head - 1).is_demonym)
      begin = head - 1;
  }
  auto country = WordClass::none;
  bool has_own_name = false;
  std::vector<Key> without_adjectives;
  for (auto k = begin; k < end; ++k) {
    const WordClass& c = at(k);
    const bool is_noun =
        c.is_demonym && tokens_[k].is_capitalised && words_.modifiers_follow;  // "Gales" is no adjective
    if (c.country != WordClass::none && country == WordClass::none && (k < head || k >= behind) && !is_noun)
      country = c.country;
    const bool is_head = k >= head && k < behind;
    const bool is_whose = !tokens_[head].is_capitalised && (c.country != WordClass::none || c.town != WordClass::none);
    has_own_name |= !is_head && tokens_[k].is_capitalised && !c.is_demonym && !c.is(WordClass::function) && !is_whose;
    if (!c.is_demonym) without_adjectives.push_back(phrase_keys_[k]);
  }
  if (shared_.kinds[kind].name == "ministry") {
    const auto found = words_.bodies.match(without_adjectives, 0);
    if (found.size > size) kind = found.value;
  }
  const bool is_one = shared_.kinds[kind].is_one;
  const bool is_small = !tokens_[head].is_capitalised;
  // "le groupe armé Hafenfront", "группировка «Hafenfront»"
  const auto apposed = apposed_behind(end, kind);
  const bool may_lead = is_small || (is_start(head) && apposed > end);
  if (may_lead && apposed < tokens_.size() && shared_.kinds[kind].type != ActorType::government_body &&
      !at(apposed).is_demonym) {
    bool is_armed = shared_.kinds[kind].type == ActorType::armed_group;
    for (auto k = begin; k < end; ++k) is_armed |= at(k).is(WordClass::begins_population);
    apposed_ = Apposed{apposed, is_armed ? shared_.kind_of("militia") : kind, country};
    return end;
  }
  const auto& of = shared_.kinds[kind];
  const bool is_vague = of.name == "organisation" || of.name == "company" || of.name == "club" || of.name == "front";
  is_named |= has_own_name && (!is_small || (!is_one && !is_vague));
  if (words_.nouns_have_capitals)
    is_named = (has_own_name && end > behind) ||
               (tokens_[begin].is_capitalised && begin < head && at(begin).is(WordClass::begin_names));
  if (words_.is_caseless) is_named = end > behind;
  auto& name = push(begin, end, NameType::body, is_named ? Certainty::sure : Certainty::likely);
  name.kind = kind;
  name.country = country;
  name.is_description = !is_named;
  name.needs_witness = is_headline_ && has_own_name;
  if (name.is_description && !tokens_[head].is_capitalised) take_article(name);
  return end;
}

// -- runs of capitals -------------------------------------------------------------------------------------------------

std::size_t NameFinder::run_end(std::size_t i) const {
  std::size_t end = i + 1;
  while (end < tokens_.size() && end < i + run_tokens_max && touches(end)) {
    const bool has_next = end + 1 < tokens_.size();
    // "МИД России Мария Петрова": whose office it is, and who holds it.
    const bool begins_person = at(end).is(WordClass::given) && at(end - 1).country != WordClass::none && has_next &&
                               touches(end + 1) && may_go_on(end + 1);
    // "президент Мальты Тамаз Бендуки": two capitals behind a country, where names have cases.
    const auto is_unknown = [&](std::size_t k) {
      return may_go_on(k) && touches(k) && at(k).country == WordClass::none &&
             !at(k).is(WordClass::common | WordClass::acronym | WordClass::begins_body);
    };
    const bool is_owned = words_.is_inflected && at(i).country != WordClass::none && !at(i).is_demonym &&
                          end == i + 1 && has_next && is_unknown(end) && is_unknown(end + 1);
    if (begins_person || is_owned) break;
    if (may_go_on(end)) {
      // "O'Brien", "d'Estaing"; but what stands behind any other apostrophe is another word.
      const auto gap =
          article_.text.substr(tokens_[end - 1].span.end, tokens_[end].span.begin - tokens_[end - 1].span.end);
      if (gap == " " || gap.empty() || tokens_[end - 1].span.size() <= 2) {
        ++end;
        continue;
      }
      break;
    }
    // Not "Hafen-based".
    const bool is_attribute = has_next && !words_.modifiers_follow && !words_.nouns_have_capitals &&
                              !tokens_[end + 1].is_capitalised && at(end + 1).is(WordClass::common) &&
                              tokens_[end + 1].span.size() > 2 && !at(end + 1).is(WordClass::particle);
    if (is_hyphen(end) && has_next && !is_blank_before(end) && !is_blank_before(end + 1) && !is_attribute &&
        tokens_[end + 1].kind == TokenKind::word) {
      end += 2;
      continue;
    }
    const auto mark = tokens_[end].kind == TokenKind::mark ? word(end) : std::string_view();
    if (mark == "." && has_next && (is_initial(end - 1) || tokens_[end - 1].span.size() <= 2) && touches(end + 1) &&
        may_go_on(end + 1)) {
      end += 2;
      continue;
    }
    if ((mark == "&" || mark == "'" || mark == "’") && has_next && touches(end + 1) && may_go_on(end + 1) &&
        (mark == "&" || tokens_[end - 1].span.size() <= 2)) {
      end += 2;
      continue;
    }
    // "Gulf of Hafen", "Battle of Hafen"
    if (at(end).is(WordClass::inner_preposition) && at(i).is(WordClass::begins_place | WordClass::begins_thing) &&
        !words_.nouns_have_capitals) {
      auto k = end + 1;
      if (k < tokens_.size() && at(k).is(WordClass::article) && touches(k)) ++k;
      if (k < tokens_.size() && touches(k) && may_go_on(k)) {
        end = k + 1;
        continue;
      }
    }
    std::size_t k = end;
    while (k < tokens_.size() && k < end + particles_max && touches(k) && at(k).is(WordClass::particle) &&
           !tokens_[k].is_capitalised)
      ++k;
    if (k > end && k < tokens_.size() && touches(k) && is_hyphen(k) && k + 1 < tokens_.size() &&
        !is_blank_before(k + 1))
      ++k;
    // A particle joins what belongs to a person or place; "de" behind a country or town says whose it is.
    const WordClass& before = at(end - 1);
    const bool joins = before.country == WordClass::none && !before.is(WordClass::acronym);
    // "la marque Hafen de Jane Doe", "der Sendung Hafen von BBC Scotland": whose it is.
    const bool is_owner =
        k > end && k < tokens_.size() &&
        (at(k).is(WordClass::begins_known) || (at(k).is(WordClass::given) && k + 1 < tokens_.size() && touches(k + 1) &&
                                               may_go_on(k + 1) && !before.is(WordClass::given)));
    // "der Mut von Hafen", "la Justicia de Hafen": an ordinary word before "of" begins no person's name.
    const bool is_ordinary =
        !before.is(WordClass::given | WordClass::begins_place | WordClass::begins_thing | WordClass::begin_names) &&
        (words_.nouns_have_capitals || before.is(WordClass::common));
    // "Jane Doe of the HFG": what she belongs to.
    const bool is_acronym = k > end && k < tokens_.size() && at(k).is(WordClass::acronym);
    if (k > end && k < tokens_.size() && touches(k) && may_go_on(k) && joins && !is_owner && !is_ordinary &&
        !is_acronym) {
      end = k + 1;
      continue;
    }
    break;
  }
  return end;
}

/// The last phrase of the table inside [begin, end): where it ends, or `begin`.
std::size_t NameFinder::phrase_inside(const PhraseTable& table, WordClass::Flag begins, std::size_t begin,
                                      std::size_t end) const {
  std::size_t behind = begin;
  for (auto k = begin; k < end; ++k) {
    if (!at(k).is(begins)) continue;
    if (const auto found = table.match(phrase_keys_, k); found.size > 0) behind = std::max(behind, k + found.size);
  }
  return behind;
}

std::size_t NameFinder::read_run(std::size_t begin) {
  auto end = run_end(begin);
  // Offices, honorifics, and kin in front: the person is what stands behind the last of them.
  std::size_t person = begin;
  bool has_title = false;
  for (auto k = begin; k < end; ++k) {
    const WordClass& c = at(k);
    std::size_t size = c.is(WordClass::honorific | WordClass::compound_office) ||
                               (c.is(WordClass::kin) && (k == begin || has_title) && k + 1 < end)
                           ? 1
                           : 0;
    if (size == 0 && c.is(WordClass::begins_office)) size = words_.offices.match(phrase_keys_, k).size;
    if (size == 0) continue;
    has_title = true;
    person = k + size;
    // "Secretary of State", "Dr."
    while (person < tokens_.size() && person < end + 1 && word(person) == "." && touches(person)) ++person;
    if (person > end) end = person < tokens_.size() && may_go_on(person) ? run_end(person) : person;
    k = std::max(k, person - 1);
  }
  if (has_title) {
    if (person >= end) {  // "the Prime Minister": nobody is named
      const bool is_followed = person < tokens_.size() && touches(person) && may_go_on(person);
      if (!is_followed) return std::max(person, begin + 1);
      end = run_end(person);
    }
    // What stands before the office may be a name by itself: "Kremlin", "US".
    std::size_t office = begin;
    while (office < person && !at(office).is(WordClass::begins_office | WordClass::honorific | WordClass::kin |
                                             WordClass::compound_office))
      ++office;
    if (office > begin && office < person && !at(begin).is_demonym) read_name(begin, office, {});
    if (!is_name_like(person) && !may_go_on(person)) return std::max(person, begin + 1);
    const WordClass& first = at(person);
    const bool is_owner = end == person + 1 && first.country != WordClass::none &&
                          !first.is(WordClass::given | WordClass::family);  // "Ministerin Frankreichs"
    // "the State General Budget"
    if (begin < office && is_ordinary(person, end)) {
      read_name(begin, end, {});
      return end;
    }
    const auto role = hull(tokens_[begin].span, tokens_[person - 1].span);
    if (words_.is_inflected) person = person_inside(person, end);
    read_name(person, end, is_owner ? std::nullopt : std::optional(role));
    return end;
  }
  // A body's head inside the run, or right behind it: "Syrian Arab Army", "Wagner group".
  for (auto k = begin; k < std::min(end + 1, tokens_.size()); ++k) {
    if (k == end && (!touches(k) || words_.modifiers_follow || words_.nouns_have_capitals)) break;
    std::size_t size = 0;
    std::uint32_t kind = WordClass::none;
    if (at(k).is(WordClass::begins_body)) {
      const auto found = words_.bodies.match(phrase_keys_, k);
      size = found.size;
      kind = found.value;
    } else if (at(k).compound_body != WordClass::none) {
      size = 1;
      kind = at(k).compound_body;
    }
    if (size == 0) continue;
    // "Times Square": a place that is called after a body.
    const bool is_place = k + size < end && !words_.modifiers_follow && !words_.nouns_have_capitals &&
                          at(end - 1).is(WordClass::begins_place) && !at(end - 1).is(WordClass::begins_body);
    if (is_place) break;
    if (k == end && !at(begin).is_demonym && !(end == begin + 1)) break;
    // "the Hafen post": so small, what heads the name of a paper is another word.
    if (k == end && kind != WordClass::none && shared_.kinds[kind].type == ActorType::outlet) break;
    bool is_linked = false;
    for (auto t = begin; t < k; ++t) is_linked |= at(t).is(WordClass::particle | WordClass::function);
    if (is_linked && words_.modifiers_follow) return read_body(k, k, size, kind);
    if (words_.modifiers_follow && k > begin && !words_.is_inflected) {
      // "Real Sociedad": the head goes on with a name that begins before it.
      auto& name = push(begin, std::max(end, body_end(k, k + size, true)), NameType::body, Certainty::likely);
      // "Hafen Aviation": what a country has one of begins with its head; behind a name, it is a firm's word.
      name.kind = shared_.kinds[kind].is_one ? shared_.kind_of("company") : kind;
      return name.last - first_token_;
    }
    const bool is_apposed = words_.nouns_have_capitals && (k == begin || is_hyphen(k - 1)) && k + size < end &&
                            may_be_apposed(kind) && !at(k + size).is(WordClass::common) &&
                            at(k + size).town == WordClass::none;
    if (is_apposed) {  // "Nachrichtenagentur Hafenfunk"
      apposed_ = Apposed{k + size, kind, WordClass::none};
      read_name(k + size, end, {});
      return end;
    }
    return std::max(read_body(begin, k, size, kind), end);
  }
  // "la Harbour Foundation"
  for (auto k = begin; end > begin + 1 && k < end; ++k) {
    if (!at(k).is(WordClass::english_body) || at(begin).is(WordClass::given)) continue;
    const auto found = words_.english_bodies.match(keys_, k);
    if (found.size == 0) continue;
    auto& name = push(begin, end, NameType::body, Certainty::likely);
    name.kind = found.value;
    return end;
  }
  // "German Anna Muster", "Inmigración Ana Díaz"
  // "TV-Moderatorin Anna Muster": what stands before a name is no part of it.
  const bool is_compound =
      words_.nouns_have_capitals && end > begin + 3 && is_hyphen(begin + 1) && !at(begin).is(WordClass::given) &&
      (at(begin + 2).is(WordClass::common | WordClass::begins_office) || at(begin + 3).is(WordClass::given));
  if (is_compound) begin += is_hyphen(begin + 3) && end > begin + 4 ? 4 : 3;
  const bool is_linked =
      begin > 0 && touches(begin) && at(begin - 1).is(WordClass::inner_preposition | WordClass::article);
  while (end > begin + (is_linked ? 1 : 2) && (at(begin).is_demonym || at(begin).is(WordClass::common)) &&
         !at(begin).is(WordClass::given) && touches(begin + 1) &&
         ((at(begin + 1).is(WordClass::given) && end > begin + 2) ||
          (is_linked && words_.modifiers_follow && office_before(begin))))
    ++begin;
  if (at(begin).is_demonym && end > begin + 2 && words_.modifiers_follow && !words_.is_inflected) ++begin;
  // "Вчера Тамаз Бендуки": the word that begins the sentence.
  const bool is_quoted_name = begin > 0 && is_opening_quote(begin - 1);
  const bool is_first_word = words_.is_inflected && is_start(begin) && !is_quoted_name && end > begin + 1 &&
                             touches(begin + 1) && at(begin).is(WordClass::common) && !at(begin).is_demonym &&
                             !is_hyphen(begin + 1) &&
                             !at(begin).is(WordClass::given | WordClass::given_somewhere | WordClass::begin_names);
  if (is_first_word) ++begin;
  begin = person_inside(begin, end);
  read_name(begin, end, {});
  return end;
}

/// Where a first name and a family's end a run that begins with ordinary words, nouns or countries ("Skistar Anna Muster", "Malta
/// Anna Muster"), there the person begins; else `begin`.
std::size_t NameFinder::person_inside(std::size_t begin, std::size_t end) const {
  for (auto k = begin; k + 1 < end; ++k) {
    const WordClass& c = at(k);
    const bool is_first_name =
        (c.is(WordClass::given) && (k == begin || !c.is(WordClass::common | WordClass::english_word))) ||
        (k > begin && c.is(WordClass::given_somewhere) && at(k + 1).is(WordClass::family_somewhere) && end == k + 2);
    if (is_first_name && k > begin && !at(end - 1).is(WordClass::family | WordClass::family_somewhere)) return begin;
    if (is_first_name)
      return at(k + 1).is(WordClass::common) && !at(k + 1).is(WordClass::family | WordClass::given) && end > k + 2
                 ? begin
                 : k;
    // In English, dictionaries have names among the words.
    const bool is_word = c.is(WordClass::common | WordClass::english_word) && words_.modifiers_follow;
    const bool may_lead = is_word || c.is(WordClass::acronym) || c.country != WordClass::none ||
                          words_.nouns_have_capitals || words_.is_inflected;
    const bool is_part = c.is(WordClass::particle | WordClass::family) || is_initial(k) || is_hyphen(k) ||
                         (k + 1 < end && is_hyphen(k + 1));
    if (!may_lead || is_part) return begin;
  }
  return begin;
}

/// Whether a name behind a German noun for such a body is a name of its own: not in "Universität Kiel".
bool NameFinder::may_be_apposed(std::uint32_t kind) const {
  const auto& of = shared_.kinds[kind];
  return of.type == ActorType::armed_group || of.type == ActorType::news_agency || of.type == ActorType::outlet ||
         of.name == "party" || of.name == "company";
}

std::size_t NameFinder::read_caseless_name(std::size_t i) {
  // Without capitals a name is believed behind an office, up to three words that no dictionary has, or where it begins with a
  // first name that is no word.
  std::size_t size = at(i).is(WordClass::begins_office) ? words_.offices.match(phrase_keys_, i).size : 0;
  if (size == 0 && at(i).is(WordClass::honorific)) size = 1;
  const bool is_given = size == 0 && at(i).is(WordClass::given) && !at(i).is(WordClass::common | WordClass::function) &&
                        at(i).country == WordClass::none;
  if (size == 0 && !is_given) return i;
  auto begin = i + size;
  while (begin < tokens_.size() && touches(begin) && (at(begin).is_demonym || at(begin).country != WordClass::none))
    ++begin;
  auto end = begin;
  while (end < tokens_.size() && end < begin + 3 && touches(end) && tokens_[end].kind == TokenKind::word &&
         (at(end).is(WordClass::particle) || !at(end).is(WordClass::common)) &&
         !at(end).is(WordClass::function | WordClass::calendar | WordClass::speech_verb))
    ++end;
  if (end < begin + 2) return i;
  auto& name = push(begin, end, NameType::person, is_given ? Certainty::likely : Certainty::sure);
  if (!is_given) name.role = hull(tokens_[i].span, tokens_[begin - 1].span);
  return end;
}

// -- what a run names -------------------------------------------------------------------------------------------------

void NameFinder::read_name(std::size_t begin, std::size_t end, std::optional<Span> role) {
  if (end <= begin) return;
  if (end == begin + 1 && is_initial(begin)) return;
  // "… Doe Doe said": a heading that runs on into the text.
  if (end > begin + 1 && keys_[end - 1] == keys_[end - 2]) --end;
  auto& name = push(begin, end, NameType::unknown, Certainty::guess);
  name.needs_witness |= is_start(begin) && end == begin + 1 && at(begin).is(WordClass::common);
  if (role) {
    name.type = NameType::person;
    name.certainty = is_headline_ ? Certainty::likely : Certainty::sure;
    name.role = *role;
    name.needs_witness = is_headline_;
    return;
  }
  note_use(name, begin, end);
  // "Ludwig XVI."
  const bool is_numbered = end < tokens_.size() && touches(end) && tokens_[end].is_capitalised &&
                           word(end).find_first_not_of("IVXLC") == std::string_view::npos &&
                           at(end - 1).is(WordClass::given | WordClass::given_somewhere);
  if (is_numbered) {
    ++name.last;
    name.span.end = tokens_[end].span.end;
    name.type = NameType::person;
    name.certainty = Certainty::likely;
    return;
  }
  type_name(name, begin, end);
}

/// The tokens of a phrase of the table that ends right before `begin`, with "of" and an article between: "village of", "ville de".
std::size_t NameFinder::phrase_before(const PhraseTable& table, WordClass::Flag begins, std::size_t begin) const {
  auto i = begin;
  while (i > 0 && touches(i) && begin - i < 2 && at(i - 1).is(WordClass::inner_preposition | WordClass::article)) --i;
  if (i == 0 || !touches(i) || !at(i - 1).is(begins)) return 0;
  return table.match(phrase_keys_, i - 1).size == 1 ? 1 : 0;
}

std::optional<Span> NameFinder::office_before(std::size_t begin) const {
  if (begin == 0) return {};
  // "the foreign minister France's", "представитель Хафенбанка": whose office it is.
  const WordClass& named = at(begin);
  const bool is_alone = begin + 1 >= tokens_.size() || !touches(begin + 1) || !tokens_[begin + 1].is_capitalised;
  const bool is_bearer = named.is(WordClass::given | WordClass::family | WordClass::family_somewhere);
  const bool is_owner = (named.country != WordClass::none && !named.is_demonym && !is_bearer) ||
                        named.is(WordClass::acronym | WordClass::begins_body) ||
                        (is_alone && !is_bearer && !at(begin - 1).is(WordClass::kin | WordClass::honorific));
  if (words_.is_inflected && is_owner) return {};
  if (named.country != WordClass::none && is_alone && (!is_bearer || named.is_demonym)) return {};
  // "the press secretary HAFEN, Feb. 3": where a text was written.
  if (named.is(WordClass::acronym) && named.town != WordClass::none) return {};
  // "porte-parole Marie Martin"
  for (std::size_t size = 1; size <= 4 && size <= begin; ++size) {
    const auto from = begin - size;
    if (at(from).is(WordClass::begins_office) && touches(begin) &&
        words_.offices.match(phrase_keys_, from).size == size)
      return hull(tokens_[from].span, tokens_[begin - 1].span);
  }
  if (at(begin - 1).is(WordClass::compound_office) && touches(begin)) return tokens_[begin - 1].span;
  if ((at(begin - 1).is(WordClass::kin | WordClass::honorific)) && touches(begin)) return Span{};
  if (begin >= 2 && word(begin - 1) == "." && at(begin - 2).is(WordClass::honorific)) return Span{};
  // "la porte-parole de la diplomatie russe, Maria …", "le ministre turc des Affaires étrangères Hakan …"
  for (std::size_t i = begin; i-- > 0 && begin - i <= office_tokens_max;) {
    const bool is_comma = word(i) == ",";
    if (tokens_[i].kind == TokenKind::mark && !is_hyphen(i) && !(is_comma && i + 1 == begin)) return {};
    const WordClass& c = at(i);
    if (c.is(WordClass::speech_verb | WordClass::conjunction)) return {};
    if (!c.is(WordClass::begins_office)) continue;
    const auto size = words_.offices.match(phrase_keys_, i).size;
    if (size == 0) continue;
    const bool is_apposed = word(begin - 1) == ",";
    // Many of them, and a town behind a comma, are nobody in particular.
    if (c.is(WordClass::begins_population) || at(begin).town != WordClass::none || at(begin).country != WordClass::none)
      return {};
    const bool is_linked = at(begin - 1).is(WordClass::inner_preposition | WordClass::function);
    if (!is_apposed && (is_linked || !words_.modifiers_follow)) return {};
    return hull(tokens_[i].span, tokens_[is_apposed ? begin - 2 : begin - 1].span);
  }
  return {};
}

/// "Jane Doe, head of the harbour"
std::optional<Span> NameFinder::office_behind(std::size_t end) const {
  if (end + 1 >= tokens_.size() || word(end) != ",") return {};
  const auto limit = std::min(tokens_.size(), end + 1 + 4);
  for (auto i = end + 1; i < limit; ++i) {
    if (tokens_[i].kind != TokenKind::word) return {};
    const WordClass& c = at(i);
    if (c.is(WordClass::compound_office)) return tokens_[i].span;
    if (c.is(WordClass::begins_office)) {
      const auto size = words_.offices.match(phrase_keys_, i).size;
      if (size == 0) continue;
      auto last = i + size;
      while (last < tokens_.size() && last < i + office_tokens_max && tokens_[last].kind == TokenKind::word &&
             touches(last) && !at(last).is(WordClass::speech_verb) &&
             !(at(last).is(WordClass::function) && !at(last).is(WordClass::inner_preposition | WordClass::article)))
        ++last;
      while (last > i + size && at(last - 1).is(WordClass::function)) --last;
      return hull(tokens_[i].span, tokens_[last - 1].span);
    }
    if (!c.is(WordClass::article | WordClass::adjective) && !c.is_demonym && !c.is(WordClass::common)) return {};
  }
  return {};
}

/// A title stands in quotation marks.
bool NameFinder::is_quoted(std::size_t begin, std::size_t end) const {
  if (begin == 0 || end >= tokens_.size()) return false;
  const auto is_quote = [&](std::size_t i) {
    const auto mark = word(i);
    return mark == "\"" || mark == "“" || mark == "”" || mark == "„" || mark == "«" || mark == "»";
  };
  return is_quote(begin - 1) && is_quote(end);
}

/// Whether what stands beside a name is said of persons: they speak, are of an age, or "who" follows.
bool NameFinder::is_told_as_person(std::size_t begin, std::size_t end) const {
  if (begin > 0 && touches(begin) && at(begin - 1).is(WordClass::speech_verb)) return true;
  if (end >= tokens_.size()) return false;
  if (touches(end) && at(end).is(WordClass::speech_verb | WordClass::who)) return true;
  const auto mark = tokens_[end].kind == TokenKind::mark ? word(end) : std::string_view();
  if (end + 2 >= tokens_.size() || (mark != "," && mark != "(")) return false;
  if (mark == "," && at(end + 1).is(WordClass::who)) return true;
  const bool is_age = tokens_[end + 1].kind == TokenKind::number && tokens_[end + 1].span.size() == 2;
  const auto behind = word(end + 2);
  return is_age && (mark == "(" ? behind == ")" : behind != "." && tokens_[end + 2].kind != TokenKind::number);
}

/// Latin letters in a text of others.
bool NameFinder::is_in_other_letters(std::size_t i) const {
  return words_.is_inflected && static_cast<unsigned char>(word(i)[0]) < first_byte_beyond_latin;
}

/// "the Harbour Seven", where persons have no article.
bool NameFinder::is_behind_article(std::size_t begin) const {
  return begin > 0 && touches(begin) && at(begin - 1).is(WordClass::article);
}

/// "le chef du Hafenfront", "Hafenfront leader", "Kämpfer der Hafenfront": what has leaders, speakers and fighters is no person.
bool NameFinder::is_led_by_office(std::size_t begin, std::size_t end) const {
  return is_led_by(WordClass::begins_office | WordClass::compound_office, begin, end);
}

/// Whether one of these stands in front of the name, with "of" between, or right behind where such words follow.
bool NameFinder::is_led_by(std::uint64_t led, std::size_t begin, std::size_t end) const {
  const auto behind = end + 1 < tokens_.size() && is_hyphen(end) && words_.nouns_have_capitals ? end + 1 : end;
  if (!words_.modifiers_follow && behind < tokens_.size() && touches(behind) &&
      (!tokens_[behind].is_capitalised || behind > end) && at(behind).is(led))
    return true;
  auto i = begin;
  while (i > 0 && touches(i) && begin - i < 2 && at(i - 1).is(WordClass::inner_preposition | WordClass::article)) --i;
  return i < begin && i > 0 && touches(i) && at(i - 1).is(led);
}

/// Nothing but words of the dictionary that nobody is called by, though a capital says something: "Media Division".
bool NameFinder::is_ordinary(std::size_t begin, std::size_t end) const {
  constexpr auto borne = WordClass::given | WordClass::given_somewhere | WordClass::family |
                         WordClass::family_somewhere | WordClass::particle;
  if (words_.nouns_have_capitals || end <= begin) return false;
  for (auto k = begin; k < end; ++k) {
    if (!at(k).is(WordClass::common) || at(k).is(borne)) return false;
  }
  return true;
}

/// How the sentence uses the name, for the article to add up.
void NameFinder::note_use(Candidate& name, std::size_t begin, std::size_t end) const {
  name.has_article = is_behind_article(begin);
  name.has_fighters = is_led_by(WordClass::fighters, begin, end);
  name.is_led = name.has_fighters || is_led_by_office(begin, end);
  name.is_at = begin > 0 && touches(begin) && at(begin - 1).is(WordClass::at);
}

/// Where the name begins that stands behind a body's head, in quotation marks or not; the end of the sentence where none does.
std::size_t NameFinder::apposed_behind(std::size_t end, std::uint32_t kind) const {
  const auto none = tokens_.size();
  if (end + 1 >= tokens_.size()) return end < tokens_.size() && touches(end) && is_name_like(end) ? end : none;
  if (is_opening_quote(end)) {
    const bool is_name = tokens_[end + 1].kind == TokenKind::word && tokens_[end + 1].is_capitalised &&
                         !at(end + 1).is(WordClass::function | WordClass::calendar);
    return is_name ? end + 1 : none;
  }
  if (!touches(end)) return none;
  // "руководитель группы Иван Иванов": who leads it, not what it is called.
  const bool are_two = touches(end + 1) && may_go_on(end + 1) && !at(end + 1).is(WordClass::function);
  if (words_.is_inflected && (are_two || at(end).is(WordClass::given | WordClass::family))) return none;
  if (is_name_like(end)) return end;
  // "la milicia islamista Hafenfront", with an adjective that no ending tells
  const bool is_small_word = tokens_[end].kind == TokenKind::word && !tokens_[end].is_capitalised &&
                             !at(end).is(WordClass::function | WordClass::speech_verb | WordClass::begins_office);
  const bool is_behind = is_small_word && words_.modifiers_follow && !words_.is_caseless && touches(end + 1) &&
                         shared_.kinds[kind].type == ActorType::armed_group && is_name_like(end + 1);
  return is_behind ? end + 1 : none;
}

bool NameFinder::is_opening_quote(std::size_t i) const {
  if (i + 1 >= tokens_.size() || tokens_[i].kind != TokenKind::mark) return false;
  const auto mark = word(i);
  return mark == "«" || mark == "“" || mark == "„" || (mark == "\"" && !is_blank_before(i + 1));
}

/// The kind of body that a name is said to be behind a comma: "Hafenfront, une milice du port"; none where nothing says so.
std::uint32_t NameFinder::body_behind(std::size_t end) const {
  if (end + 2 >= tokens_.size() || word(end) != "," || !at(end + 1).is(WordClass::indefinite)) return WordClass::none;
  for (auto i = end + 2; i < std::min(tokens_.size(), end + 2 + apposed_words_max); ++i) {
    if (tokens_[i].kind == TokenKind::mark && !is_hyphen(i)) break;
    if (at(i).is(WordClass::begins_body)) {
      const auto found = words_.bodies.match(phrase_keys_, i);
      const auto next = i + found.size;
      // "Jane, a company director"
      const bool is_of_office = found.size > 0 && !words_.modifiers_follow && next < tokens_.size() && touches(next) &&
                                at(next).is(WordClass::begins_office);
      if (is_of_office) break;
      if (found.size > 0) return found.value;
    }
    if (at(i).is(WordClass::function)) break;
  }
  return WordClass::none;
}

void NameFinder::type_name(Candidate& name, std::size_t begin, std::size_t end) const {
  const auto set = [&](NameType type, Certainty certainty) {
    name.type = type;
    name.certainty = certainty;
  };
  const bool is_single = end == begin + 1 || (end == begin + 3 && is_hyphen(begin + 1));
  const WordClass& first = at(begin);
  const WordClass& last = at(end - 1);
  if (last.is(WordClass::legal_form) && !is_single) return set(NameType::organisation, Certainty::sure);
  if (apposed_ && apposed_->begin == begin) {
    name.kind = apposed_->kind;
    name.country = apposed_->country;
    name.needs_witness = is_headline_;
    return set(NameType::body, Certainty::sure);
  }
  // "IP-Adresse", "Hafen-Straße": German compounds, named by their last part.
  if (words_.nouns_have_capitals && end > begin + 2 && is_hyphen(end - 2) && !first.is(WordClass::given)) {
    if (last.is(WordClass::begins_place)) return set(NameType::place, Certainty::likely);
    if (last.is(WordClass::common | WordClass::begins_office | WordClass::begins_thing))
      return set(NameType::other, Certainty::likely);
  }
  const bool is_region = (!first.is(WordClass::given) || !is_single || first.is(WordClass::common)) &&
                         first.country == WordClass::none && first.town == WordClass::none &&
                         shared_.regions.contains(fold(article_.words_at(name.span)));
  if (is_region) return set(NameType::place, Certainty::likely);
  if (const auto office = office_before(begin); office && !is_ordinary(begin, end)) {
    // Where every word has a capital, what stands behind an office may be any word: "Mayor Slams Rival".
    name.role = *office;
    name.needs_witness = is_headline_;
    return set(NameType::person, is_headline_ ? Certainty::likely : Certainty::sure);
  }
  if (is_quoted(begin, end)) {
    // "«Хафенбау» сообщил": what stands in quotation marks and speaks.
    const bool speaks = words_.is_inflected && end + 1 < tokens_.size() && at(end + 1).is(WordClass::speech_verb);
    return speaks ? set(NameType::organisation, Certainty::likely) : set(NameType::other, Certainty::guess);
  }
  if (phrase_before(words_.things, WordClass::begins_thing, begin) > 0) return set(NameType::other, Certainty::likely);
  // "the port Hafen", but a port's Jane Doe where owners stand behind ("представитель порта Мария Петрова").
  const bool is_called_as_person = !is_single && first.is(WordClass::given);
  if (!is_called_as_person && phrase_before(words_.places, WordClass::begins_place, begin) > 0)
    return set(NameType::place, Certainty::sure);
  bool has_place = false, has_thing = false, has_given = first.is(WordClass::given);
  std::size_t common = 0, words = 0, known_towns = 0, towns_in_front = 0;
  for (auto k = begin; k < end; ++k) {
    const WordClass& c = at(k);
    has_place |= c.is(WordClass::begins_place) && words_.places.match(phrase_keys_, k).size > 0;
    has_thing |= c.is(WordClass::begins_thing) && words_.things.match(phrase_keys_, k).size > 0;
    if (tokens_[k].kind != TokenKind::word || c.is(WordClass::particle | WordClass::function)) continue;
    if (k > begin && is_hyphen(k - 1)) continue;  // "Al-Hafen" is one word
    ++words;
    common += c.is(WordClass::common) && !c.is(WordClass::given | WordClass::family);
    const bool is_large = c.town != WordClass::none && shared_.knowledge.town(c.town).population >= large_town_min;
    // By the dictionaries "Бен" is a town as well.
    const bool is_called_so =
        is_large && (!words_.is_inflected ||
                     !shared_.knowledge.meanings(fold(word(k)), knowledge::NameKind::town, text_.language).empty());
    known_towns += is_called_so || (c.country != WordClass::none && !c.is_demonym);
    towns_in_front += is_called_so && k + 1 < end;
  }
  if (!is_single && last.is_demonym && first.is(WordClass::begin_names)) return set(NameType::other, Certainty::likely);
  if (!is_single && last.is(WordClass::english_other) && !has_given) return set(NameType::other, Certainty::likely);
  const bool is_weak_given = has_given && first.is(WordClass::common) && last.is(WordClass::begins_thing);
  if (!is_single && has_thing && (!has_given || is_weak_given)) return set(NameType::other, Certainty::likely);
  if (!is_single && has_place && !(has_given && !first.is(WordClass::begins_place)))
    return set(NameType::place, Certainty::likely);
  if (!is_single && has_place) return set(NameType::place, Certainty::guess);
  if (const auto kind = body_behind(end); kind != WordClass::none && (is_single || !has_given)) {
    name.kind = kind;
    return set(NameType::body, Certainty::likely);
  }
  if (const auto office = office_behind(end); office && (has_given || common == 0)) {
    name.role = *office;
    return set(NameType::person, Certainty::sure);
  }
  const bool is_born = end + 1 < tokens_.size() &&
                       ((word(end) == "(" && (at(end + 1).is(WordClass::life))) || at(end).is(WordClass::life) ||
                        (word(end) == "," && at(end + 1).is(WordClass::life)));
  if (is_born && first.town == WordClass::none) return set(NameType::person, Certainty::likely);
  if (is_single) return type_single(name, begin);
  const auto folded = fold(article_.words_at(name.span));
  const auto towns = shared_.knowledge.meanings(folded, knowledge::NameKind::town, text_.language);
  if (!towns.empty()) {
    name.town = towns[0];
    return set(NameType::place, Certainty::sure);
  }
  bool has_foreign = false, has_initial = false, has_name_particle = false;
  for (auto k = begin; k < end; ++k) {
    const WordClass& c = at(k);
    has_foreign |=
        c.is(WordClass::english_word | WordClass::acronym | WordClass::legal_form | WordClass::inner_capital) &&
        !is_initial(k);
    has_initial |= is_initial(k);
    has_name_particle |=
        k > begin && c.is(WordClass::particle) && !c.is(WordClass::inner_preposition | WordClass::article);
  }
  const bool is_told = is_told_as_person(begin, end);
  const bool is_of_family = last.is(WordClass::family | WordClass::family_somewhere);
  // A large town is seldom a first name: "Houston Rockets"; nor is an ordinary word: "Grace Period".
  const bool is_word_last = last.is(WordClass::common | WordClass::english_word | WordClass::acronym);
  const bool is_large_town =
      first.town != WordClass::none && is_word_last && shared_.knowledge.town(first.town).population >= large_town_min;
  const bool is_town_or_name = first.town != WordClass::none && !first.is(WordClass::common | WordClass::begin_names);
  has_given |= first.is(WordClass::given_somewhere) && !first.is(WordClass::begin_names) && !is_behind_article(begin) &&
               first.country == WordClass::none && (is_of_family || (is_town_or_name && !is_word_last));
  if (has_given && (!is_large_town || is_told || is_of_family)) {
    const bool is_cut = begin > 0 && touches(begin) && tokens_[begin - 1].is_capitalised && !is_start(begin - 1) &&
                        at(begin - 1).is(WordClass::function);  // "Los Angeles Dodgers"
    const bool is_ambiguous = is_cut || first.is(WordClass::begin_names) || first.country != WordClass::none ||
                              is_behind_article(begin) || last.is(WordClass::acronym | WordClass::legal_form);
    name.is_by_shape = is_ambiguous && (is_cut || first.is(WordClass::begin_names) || (!is_told && !is_of_family));
    return set(NameType::person, name.is_by_shape ? Certainty::guess : Certainty::likely);
  }
  // In other letters than the text's stand firms and works: "Hafenbau Systems" in Russian.
  if (!has_given && is_in_other_letters(begin)) return set(NameType::organisation, Certainty::guess);
  const bool is_at = begin > 0 && touches(begin) && at(begin - 1).is(WordClass::at);
  if (first.is(WordClass::begin_names))
    return set(last.country != WordClass::none || last.town != WordClass::none || is_at || is_hyphen(begin + 1)
                   ? NameType::place
                   : NameType::organisation,
               Certainty::guess);
  if (is_at && known_towns > 0) return set(NameType::place, Certainty::likely);
  // Of bodies only the first word has a capital where names have cases, so that a town behind another word is a family's name.
  const bool is_body_of_town = words_.is_inflected ? towns_in_front > 0 : known_towns > 0;
  if (is_body_of_town && !last.is(WordClass::family) && words <= 3)
    return set(NameType::organisation, Certainty::guess);
  for (auto k = begin; k < end; ++k) {
    if (word(k) == "&") return set(NameType::organisation, Certainty::likely);
  }
  if (!words_.is_inflected && is_led_by_office(begin, end) &&
      (common == words || has_foreign || is_behind_article(begin)))
    return set(NameType::organisation, Certainty::guess);
  // … and two capitals are a person's but behind "in".
  const bool is_word_first = common == 1 && first.is(WordClass::common) && !last.is(WordClass::common) &&
                             !is_start(begin) && !first.is(WordClass::begins_body | WordClass::begins_place);
  const bool are_two_capitals = words_.is_inflected && words == 2 && (common == 0 || is_word_first) &&
                                !is_in_other_letters(end - 1) && known_towns == 0 && !is_at && !first.is_demonym &&
                                !last.is_demonym;
  const bool has_evidence = (common == 0 && !words_.is_inflected) || are_two_capitals ||
                            (words_.is_inflected && is_of_family && common < words) || has_initial ||
                            has_name_particle || (is_told && !words_.nouns_have_capitals && common < words);
  name.is_by_shape = !has_evidence || has_foreign || is_behind_article(begin) || is_initial(end - 1);
  if (common == 0 || (common < words && last.is(WordClass::family)))
    return set(NameType::person, name.is_by_shape ? Certainty::guess : Certainty::likely);
  if (is_at) return set(NameType::place, Certainty::guess);
  if (common < words && !last.is(WordClass::common)) {
    name.is_by_shape = true;
    return set(NameType::person, Certainty::guess);
  }
  set(NameType::unknown, Certainty::guess);
}

/// Letters are an organisation where a small word leads them in or they do something: not "IP" in "adresse IP", nor "BST" in "12:00 BST".
bool NameFinder::is_led_in(std::size_t i) const {
  const bool has_next = i + 1 < tokens_.size();
  if (has_next && (tokens_[i + 1].kind == TokenKind::number || is_hyphen(i + 1))) return false;
  if (has_next && at(i + 1).is(WordClass::speech_verb)) return true;
  return i == 0 ||
         (tokens_[i - 1].kind == TokenKind::word && at(i - 1).is(WordClass::function | WordClass::at) &&
          !tokens_[i - 1].is_capitalised) ||
         word(i - 1) == ",";
}

void NameFinder::type_single(Candidate& name, std::size_t i) const {
  const auto set = [&](NameType type, Certainty certainty) {
    name.type = type;
    name.certainty = certainty;
  };
  const WordClass& c = at(i);
  const bool is_at = i > 0 && touches(i) && at(i - 1).is(WordClass::at);
  // "Хафенский край", "Хафенский судостроительный завод": an adjective of what stands behind.
  const bool goes_on = i + 1 < tokens_.size() && touches(i + 1) && tokens_[i + 1].kind == TokenKind::word &&
                       !at(i + 1).is(WordClass::function | WordClass::speech_verb | WordClass::verb_ending) &&
                       at(i + 1).is(WordClass::common | WordClass::adjective);
  if (words_.is_inflected && c.is(WordClass::adjective) && goes_on && c.country == WordClass::none)
    return set(NameType::other, Certainty::guess);
  if (c.is_demonym) {
    name.country = c.country;
    // "les Français", "the Russians"; an adjective in English.
    // Not in "de Gales", which is no people but a place that dictionaries lead elsewhere.
    const bool is_adjective = i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::word && touches(i + 1) &&
                              !at(i + 1).is(WordClass::function | WordClass::speech_verb);
    const bool is_people = words_.modifiers_follow ? !(i > 0 && at(i - 1).is(WordClass::inner_preposition))
                                                   : is_behind_article(i) && !is_adjective && !words_.is_inflected;
    return set(is_people ? NameType::population : NameType::other, Certainty::likely);
  }
  if (c.country != WordClass::none) {
    name.country = c.country;
    set(NameType::country, Certainty::sure);
    return note_acting(name, i, i + 1);
  }
  if (c.town != WordClass::none) {
    const auto population = shared_.knowledge.town(c.town).population;
    name.town = c.town;
    if (is_at || population >= large_town_min || !c.is(WordClass::given | WordClass::common)) {
      set(NameType::place, is_at || population >= large_town_min ? Certainty::sure : Certainty::likely);
      return note_acting(name, i, i + 1);
    }
  }
  const bool is_loud_word = word(i).size() >= loud_word_bytes_min && c.is(WordClass::common | WordClass::given);
  if (c.is(WordClass::letters) || (c.is(WordClass::acronym) && is_loud_word))
    return set(NameType::other, Certainty::guess);
  if (c.is(WordClass::acronym | WordClass::inner_capital))
    return set(NameType::organisation, is_led_in(i) ? Certainty::likely : Certainty::guess);
  if (is_at) return set(NameType::place, c.is(WordClass::common) ? Certainty::guess : Certainty::likely);
  if (is_in_other_letters(i)) return set(NameType::organisation, Certainty::guess);
  if (!words_.is_inflected && (!words_.modifiers_follow || is_behind_article(i)) && is_led_by_office(i, i + 1) &&
      !c.is(WordClass::common | WordClass::given) && (!c.is(WordClass::family) || is_behind_article(i)))
    return set(NameType::organisation, Certainty::likely);
  // "aus ihrem Roman"
  const bool is_noun =
      words_.nouns_have_capitals && c.is(WordClass::common) && i > 0 && at(i - 1).is(WordClass::function);
  const bool is_own_word = c.is(WordClass::common | WordClass::english_word) || c.town != WordClass::none;
  if (c.is(WordClass::given | WordClass::family) && !is_noun) {
    const bool acts = i + 1 < tokens_.size() && touches(i + 1) && at(i + 1).is(WordClass::verb_ending);
    name.is_by_shape = is_own_word || (!c.is(WordClass::family) && !acts && !is_told_as_person(i, i + 1));
    return set(NameType::person, Certainty::guess);
  }
  if (c.is(WordClass::place_ending)) return set(NameType::place, Certainty::guess);
  // "Хафенов уехал"
  if (!c.is(WordClass::common) && i + 1 < tokens_.size() && touches(i + 1) && at(i + 1).is(WordClass::verb_ending))
    name.acts = true;
  // "le Hafenfront a annoncé": what has an article and acts may be an organisation; the article as a whole tells.
  if (!words_.nouns_have_capitals && !c.is(WordClass::common) && is_behind_article(i)) note_acting(name, i, i + 1);
  set(NameType::unknown, Certainty::guess);
}

}  // namespace depesche::facts
