// A word is looked at once: its letters are folded and stemmed, tables and dictionaries are asked, and the answer is kept. Words of
// news come back, so a text costs a look a word.
//
// What a dictionary has as an ordinary word is seldom a name. German makes nouns of nouns, which no dictionary lists: a word that
// falls into two known ones ("Hafenbehörde") is ordinary, too.
#include "facts/actor_words.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "core/unicode.h"
#include "knowledge/word_keys.h"

namespace depesche::facts {
namespace {

using knowledge::NameKind;

constexpr std::size_t memo_words_max = 200'000;
constexpr std::size_t memo_slots_min = 4096;  ///< a power of two
/// Shorter ones are words of too many languages: "Bo", "Li", "An".
constexpr std::size_t foreign_name_bytes_min = 3;
constexpr std::size_t english_country_bytes_min = 4;
constexpr std::size_t compound_part_bytes_min = 4;
constexpr std::size_t compound_head_bytes_min = 3;
constexpr std::size_t compound_bytes_max = 80;
constexpr std::size_t ending_rest_bytes_min = 3;
/// Towns below are homonyms of families and ordinary words more often than they are meant.
constexpr std::uint32_t town_population_min = 5'000;

ActorType type_of(std::string_view name) {
  for (const auto type :
       {ActorType::government_body, ActorType::armed_group, ActorType::news_agency, ActorType::outlet}) {
    if (name_of(type) == name) return type;
  }
  return ActorType::organisation;
}

struct SingleWords {
  std::string_view section, rule;
  std::uint64_t flag;
};
constexpr SingleWords single_words[] = {
    {"words", "articles", WordClass::function | WordClass::article},
    {"words", "prepositions", WordClass::function},
    {"words", "inner_prepositions", WordClass::function | WordClass::inner_preposition},
    {"words", "conjunctions", WordClass::function | WordClass::conjunction},
    {"words", "negations", WordClass::function},
    {"words", "not_in_names", WordClass::not_in_names},
    {"speech", "pronouns", WordClass::function},
    {"speech", "according_to", WordClass::function},
    {"speech", "verbs", WordClass::speech_verb},
    {"speech", "verbs_beside_quotation", WordClass::speech_verb},
    {"lexicon", "function_words", WordClass::function},
    {"offices", "honorific", WordClass::honorific},
    {"actors", "particles", WordClass::particle},
    {"actors", "at", WordClass::at},
    {"actors", "beside_actors", WordClass::beside_actors},
    {"actors", "life", WordClass::life},
    {"actors", "who", WordClass::who},
    {"actors", "fighters", WordClass::fighters},
    {"actors", "indefinite", WordClass::indefinite},
    {"actors", "letters", WordClass::letters},
    {"actors", "kin", WordClass::kin},
    {"actors", "begin_names", WordClass::begin_names},
    {"actors", "legal_forms", WordClass::legal_form},
};

bool is_word(std::span<const knowledge::ConceptId> meant) {
  return std::any_of(meant.begin(), meant.end(), [](auto id) { return id.kind() == knowledge::ConceptKind::word; });
}

bool is_roman_number(std::string_view word) { return word.find_first_not_of("IVXLCDM") == std::string_view::npos; }

bool is_in_capitals(std::string_view word) {
  std::size_t letters = 0;
  for (std::uint32_t i = 0; i < word.size();) {
    const auto [c, next] = code_point_at(word, i);
    if (!is_capital(c) && !(c >= U'0' && c <= U'9')) return false;
    ++letters;
    i = next;
  }
  return letters >= 2;
}

/// "YouTube", "McDonald"
bool has_inner_capital(std::string_view word) {
  for (std::uint32_t i = code_point_at(word, 0).next; i < word.size();) {
    const auto [c, next] = code_point_at(word, i);
    if (is_capital(c)) return true;
    i = next;
  }
  return false;
}

}  // namespace

void PhraseTable::add(std::span<const Key> keys, std::uint32_t value) {
  if (keys.empty()) return;
  first_keys_.add(keys[0]);
  auto& phrases = by_first_[keys[0]];
  phrases.emplace_back(std::vector<Key>(keys.begin(), keys.end()), value);
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const auto& x, const auto& y) { return x.first.size() > y.first.size(); });
}

PhraseTable::Found PhraseTable::match(std::span<const Key> keys, std::size_t at) const {
  if (!first_keys_.may_hold(keys[at])) return {};
  const auto found = by_first_.find(keys[at]);
  if (found == by_first_.end()) return {};
  for (const auto& [phrase, value] : found->second) {
    if (at + phrase.size() > keys.size()) continue;
    if (std::equal(phrase.begin(), phrase.end(), keys.begin() + static_cast<std::ptrdiff_t>(at)))
      return {phrase.size(), value};
  }
  return {};
}

ActorKnowledge::ActorKnowledge(const knowledge::Knowledge& known) : knowledge(known) {
  for (const auto& pack : known.packs()) {
    for (const auto& rule : pack.section("bodies")) {
      if (kind_of(rule.name) == WordClass::none)
        kinds.push_back({rule.name, type_of(rule.value("type")), rule.value("one") == "yes"});
    }
    for (const auto& rule : pack.section("acronyms")) {
      const auto id = static_cast<std::uint32_t>(known_names.size());
      const auto countries = known.meanings(fold(rule.value("name")), NameKind::country, Language("en"));
      known_names.push_back({std::string(rule.value("name")), type_of(rule.value("type")), "", true});
      if (!countries.empty()) {
        known_names.back().type = ActorType::state;
        known_names.back().iso = known.country(countries[0]).iso;
      }
      known_names.back().needs_capitals = true;
      for (const auto form : rule.values("form")) known_forms.add(keys_of_phrase(form), id);
    }
    for (const auto& rule : pack.section("seats")) {
      const auto id = static_cast<std::uint32_t>(known_names.size());
      const auto type = rule.value("type") == "state" ? ActorType::state : ActorType::government_body;
      known_names.push_back({std::string(rule.value("name")), type, std::string(rule.value("country")), false});
      for (const auto form : rule.values("form")) known_forms.add(keys_of_phrase(form), id);
    }
    for (const auto& rule : pack.section("agencies")) {
      const auto id = static_cast<std::uint32_t>(known_names.size());
      const auto type = rule.value("type") == "outlet" ? ActorType::outlet : ActorType::news_agency;
      const bool is_ambiguous = rule.value("ambiguous") == "yes";
      known_names.push_back({std::string(rule.value("name")), type, std::string(rule.value("country")), false});
      for (const auto form : rule.values("form")) {
        const auto keys = keys_of_phrase(form);
        if (!is_ambiguous || keys.size() > 1) known_forms.add(keys, id);
      }
    }
  }
  for (const auto& pack : known.packs()) {
    for (const auto& rule : pack.section("actors")) {
      const std::string kind(rule.value("kind"));
      const bool is_new = std::find(population_kinds.begin(), population_kinds.end(), kind) == population_kinds.end();
      if (!kind.empty() && is_new) population_kinds.push_back(kind);
      if (rule.name != "family_endings") continue;
      for (const auto& word : rule.words("words")) family_endings_.push_back(fold(word));
    }
  }
  for (std::uint32_t i = 0; i < known.count_of_countries(); ++i) {
    if (const auto pivot = known.concept_of({NameKind::country, Language(), i})) country_of_pivot[pivot->value()] = i;
  }
  std::unordered_set<const char*> folded_states;  // each stands once in the file, and thousands of towns point to it
  // Towns of one name stand by their population, the largest first.
  for (std::uint32_t i = 0; i < known.count_of_towns(); ++i) {
    const auto state = known.town(i).state;
    if (folded_states.insert(state.data()).second) regions.insert(fold(state));
    if (const auto pivot = known.concept_of({NameKind::town, Language(), i}))
      town_of_pivot.try_emplace(pivot->value(), i);
  }
}

std::uint32_t ActorKnowledge::kind_of(std::string_view name) const {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const BodyKind& kind) { return kind.name == name; });
  return found == kinds.end() ? WordClass::none : static_cast<std::uint32_t>(found - kinds.begin());
}

bool ActorKnowledge::is_of_person(std::string_view folded) const {
  for (const auto& meaning : knowledge.meanings(folded)) {
    if (meaning.kind == NameKind::given_name || meaning.kind == NameKind::family_name) return true;
  }
  return std::any_of(family_endings_.begin(), family_endings_.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + ending_rest_bytes_min && folded.ends_with(ending);
  });
}

ActorWords::ActorWords(const ActorKnowledge& shared, Language language) : shared_(shared), language_(language) {
  const auto& pack = shared.knowledge.pack(language);
  for (const auto& rule : pack.section("bodies")) is_inflected |= rule.value("inflected") == "yes";
  is_caseless = language == Language("ar");
  knowledge::Stemmer stemmer(language);
  const auto keys_of = [&](const std::string& phrase) {
    if (!is_inflected) return keys_of_phrase(phrase);
    std::string stems;
    for (std::size_t begin = 0; begin <= phrase.size();) {
      const auto end = std::min(phrase.find(' ', begin), phrase.size());
      if (!stems.empty()) stems += ' ';
      stems += stemmer.stem(std::string_view(phrase).substr(begin, end - begin));
      begin = end + 1;
    }
    return keys_of_phrase(stems);
  };
  const auto fill = [&](std::string_view section, std::string_view rule_name, PhraseTable& table) {
    for (const auto& rule : pack.section(section)) {
      if (rule.name != rule_name) continue;
      const auto& kinds = shared.population_kinds;
      const auto kind = std::find(kinds.begin(), kinds.end(), rule.value("kind"));
      const auto value = kind == kinds.end() ? WordClass::none : static_cast<std::uint32_t>(kind - kinds.begin());
      for (const auto& word : rule.words("words")) table.add(keys_of(word), value);
    }
  };
  fill("offices", "person", offices);
  fill("actors", "populations", populations);
  fill("actors", "places", places);
  fill("actors", "things", things);
  for (const auto& rule : pack.section("bodies")) {
    const auto kind = shared.kind_of(rule.name);
    for (const auto& word : rule.words("words")) {
      bodies.add(keys_of(word), kind);
      if (word.find(' ') == std::string::npos) body_endings_.emplace_back(fold(word), kind);
    }
  }
  if (language != Language("en")) {
    const auto& english = shared.knowledge.pack(Language("en"));
    for (const auto& rule : english.section("bodies")) {
      for (const auto& word : rule.words("words")) english_bodies.add(keys_of_phrase(word), shared.kind_of(rule.name));
    }
    for (const auto& rule : english.section("actors")) {
      if (rule.name != "places" && rule.name != "things") continue;
      for (const auto& word : rule.words("words")) {
        if (const auto keys = keys_of_phrase(word); keys.size() == 1) flags_[keys[0]] |= WordClass::english_other;
      }
    }
  }
  for (const auto* each : {&shared.knowledge.pack(Language()), &pack}) {
    for (const auto& [section, rule_name, flag] : single_words) {
      for (const auto& rule : each->section(section)) {
        if (rule.name != rule_name) continue;
        for (const auto& word : rule.words("words")) {
          if (const auto keys = keys_of_phrase(word); keys.size() == 1) flags_[keys[0]] |= flag;
        }
      }
    }
    for (const auto& rule : each->section("actors")) {
      auto* endings = rule.name == "adjective_endings" ? &adjective_endings_
                      : rule.name == "family_endings"  ? &family_endings_
                      : rule.name == "place_endings"   ? &place_endings_
                      : rule.name == "verb_endings"    ? &verb_endings_
                                                       : nullptr;
      if (endings == nullptr) continue;
      for (const auto& word : rule.words("words")) endings->push_back(fold(word));
    }
  }
  for (const auto& rule : pack.section("offices")) {
    if (rule.name != "person_endings") continue;
    for (const auto& word : rule.words("words")) office_endings_.push_back(fold(word));
  }
  for (const auto& rule : pack.section("lexicon")) {
    if (rule.name != "linking_elements") continue;
    linking_elements_ = rule.words("words");
    linking_elements_.emplace_back();
  }
  for (const auto& rule : pack.section("words")) {
    nouns_have_capitals |= rule.name == "nouns_have_capitals";
    modifiers_follow |= rule.name == "modifiers_follow";
  }
}

/// The classes of words by their keys: open addressing, at least half free.
struct ActorWords::Memo {
  std::uint64_t serial = 0;
  std::unique_ptr<knowledge::Stemmer> stemmer;
  std::unique_ptr<knowledge::Stemmer> english;  ///< of a language that is another
  std::deque<WordClass> classes;                // which stay where they are
  struct Slot {
    std::uint64_t key = 0;
    const WordClass* of = nullptr;  ///< nothing where the slot is free
  };
  std::vector<Slot> slots = std::vector<Slot>(memo_slots_min);

  Slot& slot(std::uint64_t key) {
    // A form is a hash, but its lowest bits tell of the shape alone.
    auto at = (key >> 3) & (slots.size() - 1);
    while (slots[at].of != nullptr && slots[at].key != key) at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }

  const WordClass& add(std::uint64_t key, WordClass made) {
    if (2 * classes.size() >= slots.size()) grow();
    return *(slot(key) = {key, &classes.emplace_back(made)}).of;
  }

  void grow() {
    auto old = std::exchange(slots, std::vector<Slot>(2 * slots.size()));
    for (const Slot& each : old) {
      if (each.of != nullptr) slot(each.key) = each;
    }
  }
};

ActorWords::Memo& ActorWords::memo() const {
  thread_local std::map<Language, Memo> memos;
  thread_local std::pair<Language, Memo*> last{Language(), nullptr};
  if (last.second == nullptr || last.first != language_) last = {language_, &memos[language_]};
  Memo& memo = *last.second;
  const auto serial = shared_.knowledge.serial();
  if (memo.serial != serial) {
    memo = Memo();
    memo.serial = serial;
    memo.stemmer = std::make_unique<knowledge::Stemmer>(language_);
    if (language_ != Language("en")) memo.english = std::make_unique<knowledge::Stemmer>(Language("en"));
  }
  return memo;
}

void ActorWords::make_room() const {
  Memo& memo = this->memo();
  if (memo.classes.size() <= memo_words_max) return;
  memo.classes.clear();
  memo.slots.assign(memo_slots_min, {});
}

const WordClass& ActorWords::class_of(const text::Token& token, std::string_view word) const {
  Memo& memo = this->memo();
  const auto shape = !token.is_capitalised ? 1u : is_in_capitals(word) ? 2u : has_inner_capital(word) ? 3u : 4u;
  const auto key = token.form * 8 + shape;
  const auto* known = memo.slot(key).of;
  return known != nullptr ? *known : memo.add(key, make(token, word, *memo.stemmer, memo.english.get()));
}

WordClass ActorWords::make(const text::Token& token, std::string_view word, knowledge::Stemmer& stemmer,
                           knowledge::Stemmer* english) const {
  WordClass out;
  if (const auto found = flags_.find(token.form); found != flags_.end()) out.flags = found->second;
  const Key key = is_inflected ? token.stem : token.form;
  if (offices.begins(key)) out.flags |= WordClass::begins_office;
  if (bodies.begins(key)) out.flags |= WordClass::begins_body;
  if (places.begins(key)) out.flags |= WordClass::begins_place;
  if (things.begins(key)) out.flags |= WordClass::begins_thing;
  if (populations.begins(key)) out.flags |= WordClass::begins_population;
  if (shared_.known_forms.begins(token.form)) out.flags |= WordClass::begins_known;
  if (english_bodies.begins(token.form)) out.flags |= WordClass::english_body;
  if (token.kind != text::TokenKind::word) return out;
  const auto folded = fold(word);
  if (token.is_capitalised && is_in_capitals(word))
    out.flags |= is_roman_number(word) ? WordClass::calendar : WordClass::acronym;
  // "SMEs", "XXe": many of what an acronym stands for, and a number.
  const bool has_small_ending = token.is_capitalised && word.size() > 2 && (word.back() == 's' || word.back() == 'e') &&
                                is_in_capitals(word.substr(0, word.size() - 1));
  if (has_small_ending) out.flags |= WordClass::letters;
  if (token.is_capitalised && has_inner_capital(word) && word.find('.') == std::string_view::npos)
    out.flags |= WordClass::inner_capital;
  const auto meanings = shared_.knowledge.meanings(folded);
  if ((token.is_capitalised || is_caseless) && shared_.knowledge.begins_names(folded))
    out.flags |= WordClass::begins_places;
  add_names(word, meanings, token.is_capitalised, out, stemmer);
  if (english != nullptr && token.is_capitalised && !out.is(WordClass::given | WordClass::family) &&
      is_word(shared_.knowledge.concepts(Language("en"), english->stem(word))))
    out.flags |= WordClass::english_word;
  if ((!token.is_capitalised || is_inflected) && has_ending(folded, adjective_endings_, 2))
    out.flags |= WordClass::adjective;
  if (!token.is_capitalised && has_ending(folded, verb_endings_, 2)) out.flags |= WordClass::verb_ending;
  if (token.is_capitalised && has_ending(folded, family_endings_, ending_rest_bytes_min))
    out.flags |= WordClass::family;
  if (token.is_capitalised && has_ending(folded, place_endings_, ending_rest_bytes_min))
    out.flags |= WordClass::place_ending;
  if (nouns_have_capitals && token.is_capitalised && !out.is(WordClass::begins_office | WordClass::begins_body)) {
    if (has_ending(folded, office_endings_, compound_head_bytes_min)) out.flags |= WordClass::compound_office;
    for (const auto& [ending, kind] : body_endings_) {
      if (ending.size() >= compound_part_bytes_min && folded.size() >= ending.size() + compound_head_bytes_min &&
          folded.ends_with(ending) &&
          !shared_.knowledge.concepts(language_, knowledge::capital_key(stemmer.stem(ending))).empty())
        out.compound_body = kind;
    }
  }
  return out;
}

void ActorWords::add_meanings(std::span<const knowledge::Meaning> meanings, bool is_capitalised, WordClass& out) const {
  const auto& known = shared_.knowledge;
  for (const auto& meaning : meanings) {
    if (meaning.language.is_known() && meaning.language != language_) continue;
    switch (meaning.kind) {
      case NameKind::month:
      case NameKind::weekday:
      case NameKind::number: out.flags |= WordClass::calendar; break;
      case NameKind::given_name: out.flags |= WordClass::given; break;
      case NameKind::family_name: out.flags |= WordClass::family; break;
      case NameKind::country:
        if (is_capitalised || is_caseless) out.country = meaning.id;
        break;
      case NameKind::town:
        if ((is_capitalised || is_caseless) && out.town == WordClass::none &&
            known.town(meaning.id).population >= town_population_min)
          out.town = meaning.id;
        break;
      default: break;
    }
  }
}

void ActorWords::add_names(std::string_view word, std::span<const knowledge::Meaning> meanings, bool is_capitalised,
                           WordClass& out, knowledge::Stemmer& stemmer) const {
  const auto& known = shared_.knowledge;
  add_meanings(meanings, is_capitalised, out);
  // A country as English prints it, in another language: "Qatar".
  if (out.country == WordClass::none && is_capitalised && word.size() >= english_country_bytes_min) {
    for (const auto& meaning : meanings) {
      const bool is_english = !meaning.language.is_known() || meaning.language == Language("en");
      if (meaning.kind == NameKind::country && is_english) out.country = std::min(out.country, meaning.id);
    }
  }
  const auto stem = stemmer.stem(word);
  const auto ordinary = known.concepts(language_, stem);
  const auto with_capital = is_capitalised || is_caseless ? known.concepts(language_, knowledge::capital_key(stem))
                                                          : std::span<const knowledge::ConceptId>();
  const auto country_among = [&](std::span<const knowledge::ConceptId> meant) {
    for (const auto id : meant) {
      const auto found = id.kind() == knowledge::ConceptKind::word ? shared_.country_of_pivot.find(id.value())
                                                                   : shared_.country_of_pivot.end();
      if (found != shared_.country_of_pivot.end()) return found->second;
      break;  // the likeliest meaning only
    }
    return WordClass::none;
  };
  if (out.country == WordClass::none) {
    const auto by_capital = is_capitalised || is_caseless ? country_among(with_capital) : WordClass::none;
    const auto plainly = country_among(ordinary);
    if (by_capital != WordClass::none || plainly != WordClass::none) {
      out.country = by_capital != WordClass::none ? by_capital : plainly;
      out.is_demonym = !(is_capitalised && is_inflected);
    }
  }
  const bool is_first_name = is_inflected && !known.meanings(stem, NameKind::given_name, language_).empty();
  if (is_inflected && is_capitalised && !is_first_name && !out.is(WordClass::given) && out.town == WordClass::none &&
      out.country == WordClass::none) {
    for (const auto id : with_capital) {
      const auto found = shared_.town_of_pivot.find(id.value());
      if (found != shared_.town_of_pivot.end() && known.town(found->second).population >= town_population_min)
        out.town = found->second;
      break;
    }
  }
  const bool is_place = out.country != WordClass::none || out.town != WordClass::none;
  if (nouns_have_capitals && is_capitalised) {
    if ((is_word(with_capital) || is_word(ordinary) || is_compound_noun(word, stemmer)) && !is_place)
      out.flags |= WordClass::common;
  } else if (is_word(ordinary)) {
    out.flags |= WordClass::common;
  }
  // "Марии": inflected languages have their names by the stem as well.
  if (is_first_name && is_capitalised && !out.is(WordClass::common)) out.flags |= WordClass::given;
  // Names that are borne elsewhere count where they are no words, countries or towns here.
  const auto is_borne_as = [&](NameKind kind) {
    return std::any_of(meanings.begin(), meanings.end(), [&](const auto& meaning) { return meaning.kind == kind; });
  };
  const bool is_given_elsewhere = is_borne_as(NameKind::given_name);
  const bool is_family_elsewhere = is_borne_as(NameKind::family_name);
  const bool is_free = is_capitalised && out.town == WordClass::none && out.country == WordClass::none &&
                       !out.is(WordClass::common | WordClass::function) && word.size() >= foreign_name_bytes_min;
  if (is_free && is_given_elsewhere) out.flags |= WordClass::given;
  if (is_given_elsewhere) out.flags |= WordClass::given_somewhere;
  if (is_family_elsewhere) out.flags |= WordClass::family_somewhere;
  if (is_free && is_family_elsewhere) out.flags |= WordClass::family;
}

bool ActorWords::is_compound_noun(std::string_view word, knowledge::Stemmer& stemmer) const {
  if (word.size() < 2 * compound_part_bytes_min || word.size() > compound_bytes_max) return false;
  std::string small;
  in_small_letters(word, small);
  const auto is_known = [&](std::string_view part, bool as_noun) {
    const auto stem = stemmer.stem(part);
    return !shared_.knowledge.concepts(language_, knowledge::capital_key(stem)).empty() ||
           (!as_noun && !shared_.knowledge.concepts(language_, stem).empty());
  };
  for (std::size_t at = compound_part_bytes_min; at + compound_part_bytes_min <= small.size(); ++at) {
    if ((static_cast<unsigned char>(small[at]) & 0xC0) == 0x80) continue;
    if (!is_known(std::string_view(small).substr(at), true)) continue;
    for (const auto& link : linking_elements_) {
      const auto head = std::string_view(small).substr(0, at);
      if (!head.ends_with(link) || head.size() < link.size() + compound_head_bytes_min) continue;
      if (is_known(head.substr(0, head.size() - link.size()), false)) return true;
    }
  }
  return false;
}

bool ActorWords::has_ending(std::string_view folded, const std::vector<std::string>& endings,
                            std::size_t rest_bytes_min) const {
  return std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
    return folded.size() >= ending.size() + (ending.size() > 3 ? 0 : rest_bytes_min) && folded.ends_with(ending);
  });
}

}  // namespace depesche::facts
