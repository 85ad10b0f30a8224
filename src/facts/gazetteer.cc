// Names are looked up by the hashes that their tokens have already, so that a word that begins no name costs one look into a
// table. The hashes of a name's tokens are chained:
//
//   "new" ──▶ begins names ──"york"──▶ New York ──"city"──▶ New York City
//
// What a language does to a name is done to the names once and not to the words of each text: "Berlins" is put down beside
// "Berlin", "بدمشق" beside "دمشق", "Москве" and "Москвы" beside "Москва". Stems would do it with less, but they take Китая (China's)
// for Кито (Quito).
#include "facts/gazetteer.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::size_t foreign_bytes_with_ending_min = 5;

using text::Token;
using text::TokenKind;

/// Divisions of which any place is within a day's walk of the middle.
constexpr double near_radius_km_max = 60;

constexpr std::size_t declined_words_max = 2;

std::uint64_t chained(std::uint64_t chain, std::uint64_t key) {
  return ((chain << 7 | chain >> 57) ^ key) * 0xD6E8FEB86659FD93;
}

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  while (!folded.empty()) {
    const auto end = std::min(folded.find(' '), folded.size());
    words.emplace_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

/// Cuts printed words at the first blanks into `count` pieces, the last of which is all the rest.
std::vector<std::string_view> fields_of(std::string_view value, std::size_t count) {
  std::vector<std::string_view> fields;
  while (fields.size() + 1 < count && value.find(' ') != std::string_view::npos) {
    const auto end = value.find(' ');
    if (end > 0) fields.push_back(value.substr(0, end));
    value.remove_prefix(end + 1);
  }
  fields.push_back(trim(value));
  return fields;
}

template <class Number>
Number number_of(std::string_view digits) {
  Number number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

PlaceKind kind_of(std::string_view name) {
  for (const auto kind : {PlaceKind::continent, PlaceKind::water}) {
    if (name == name_of(kind)) return kind;
  }
  return PlaceKind::region;
}

bool is_among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "Krim | Halbinsel Krim" at the bars.
std::vector<std::string_view> alternatives(std::string_view value) {
  std::vector<std::string_view> out;
  while (!value.empty()) {
    const auto end = std::min(value.find('|'), value.size());
    out.push_back(trim(value.substr(0, end)));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return out;
}

/// "а | ы и е у ой"; "-" is the end of a word that ends in none of the others.
std::vector<std::pair<std::string, std::vector<std::string>>> changes_of(const knowledge::Rule& rule) {
  std::vector<std::pair<std::string, std::vector<std::string>>> changes;
  for (const auto value : rule.values("change")) {
    const auto sides = alternatives(value);
    if (sides.size() != 2) continue;
    auto& [ending, others] = changes.emplace_back(sides[0] == "-" ? "" : fold(sides[0]), words_of(sides[1]));
    for (auto& other : others) other = fold(other);
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return changes;
}

}  // namespace

Gazetteer::Gazetteer(const knowledge::Knowledge& knowledge, const std::set<Language>& languages)
    : knowledge_(knowledge), languages_(languages) {
  for (const Language language : languages) {
    for (const auto& rule : knowledge.pack(language).section("places")) {
      if (rule.name == "name_declension") declensions_[language] = changes_of(rule);
      if (rule.name == "name_endings") endings_[language] = rule.words("words");
      if (rule.name == "name_prefixes") prefixes_[language] = rule.words("words");
    }
  }
  for (const auto& pack : knowledge.packs()) {
    for (const auto& rule : pack.section("places")) {
      if (rule.name != "division_words" && rule.name != "directions") continue;
      auto& words = rule.name == "directions" ? directions_ : division_words_;
      for (const auto& word : rule.words("words")) words.push_back(fold(word));
    }
  }
  add_known_names(languages);
  add_countries();
  add_regions();
  move_divisions();
  finish();
}

void Gazetteer::add_known_names(const std::set<Language>& languages) {
  using knowledge::NameKind;
  knowledge_.for_each_name([&](std::string_view folded, std::span<const knowledge::Meaning> meanings) {
    for (const auto& meaning : meanings) {
      if (meaning.language.is_known() && !languages.contains(meaning.language)) continue;
      switch (meaning.kind) {
        case NameKind::country: add_name(folded, meaning.id, meaning.language); break;
        case NameKind::division: add_name(folded, first_division() + meaning.id, meaning.language); break;
        case NameKind::town: add_name(folded, first_town() + meaning.id, meaning.language); break;
        default: break;
      }
    }
  });
}

void Gazetteer::add_name(std::string_view folded, PlaceId id, Language language) {
  auto words = words_of(folded);
  const bool is_direction = words.size() == 1 && is_among(directions_, words[0]);
  // There are regions called "Ouest" and "Nord", and nobody means them.
  if (!is_direction) add_variants(words, {id, language, false});
  // "Idlib Governorate" goes by "Idlib", "Мухафаза Идлиб" by "Идлиб".
  if (id < first_division() || id >= first_town()) return;
  const auto is_division_word = [&](const std::string& word) { return is_among(division_words_, word); };
  const auto end = std::remove_if(words.begin(), words.end(), is_division_word);
  if (end == words.end() || end == words.begin()) return;
  words.erase(end, words.end());
  // "Northern District" is not called "Northern".
  if (words.size() == 1 && is_among(directions_, words[0])) return;
  add_variants(words, {id, language, false});
}

void Gazetteer::add_variants(const std::vector<std::string>& words, const PlaceSense& sense) {
  const auto keys_with = [&](std::string_view before, std::string_view behind) {
    std::vector<Key> keys;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string word = words[i];
      if (i == 0) word.insert(0, before);
      if (i + 1 == words.size()) word += behind;
      keys.push_back(text::form_hash(word));
    }
    return keys;
  };
  add_chain(keys_with("", ""), sense);
  const auto add_in = [&](Language language) {
    const PlaceSense there{sense.id, language, sense.is_shortened};
    // A short name that is the language's own takes endings ("Roms"); of others that is another word as likely: Hama, Hamas.
    const bool takes_endings = sense.language == language || words.back().size() >= foreign_bytes_with_ending_min;
    if (const auto found = endings_.find(language); found != endings_.end() && takes_endings) {
      for (const auto& ending : found->second) add_chain(keys_with("", ending), there);
    }
    if (sense.language == language) add_declined(words, sense, language);
    // Names that are the same in every language stand in Latin letters.
    if (const auto found = prefixes_.find(language); found != prefixes_.end() && sense.language == language) {
      for (const auto& prefix : found->second) add_chain(keys_with(prefix, ""), there);
    }
  };
  if (sense.language.is_known()) {
    add_in(sense.language);
  } else {
    for (const Language language : languages_) add_in(language);
  }
}

/// The forms of all words together, each form of the one with each of the others: few names have more than two.
void Gazetteer::add_declined(const std::vector<std::string>& words, const PlaceSense& sense, Language language) {
  const auto declension = declensions_.find(language);
  if (declension == declensions_.end() || words.size() > declined_words_max) return;
  std::vector<std::vector<Key>> chains = {{}};
  for (const auto& word : words) {
    std::vector<Key> forms = {text::form_hash(word)};
    const auto ending = std::find_if(declension->second.begin(), declension->second.end(),
                                     [&](const auto& change) { return word.ends_with(change.first); });
    if (ending != declension->second.end()) {
      const auto stem = word.substr(0, word.size() - ending->first.size());
      for (const auto& other : ending->second) forms.push_back(text::form_hash(stem + other));
    }
    std::vector<std::vector<Key>> longer;
    for (const auto& chain : chains) {
      for (const Key form : forms) {
        longer.push_back(chain);
        longer.back().push_back(form);
      }
    }
    chains = std::move(longer);
  }
  for (const auto& chain : chains) add_chain(chain, {sense.id, language, sense.is_shortened});
}

void Gazetteer::add_chain(std::span<const Key> keys, PlaceSense sense) {
  Chain chain = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) openings_.push_back(chain);
    chain = chained(chain, keys[i]);
  }
  gathered_.emplace_back(chain, sense);
}

void Gazetteer::add_countries() {
  for (const auto& rule : knowledge_.pack(Language()).section("places")) {
    if (rule.name != "countries") continue;
    for (const auto value : rule.values("at")) {
      const auto fields = fields_of(value, 5);
      if (fields.size() < 5) continue;
      for (std::uint32_t id = 0; id < knowledge_.count_of_countries(); ++id) {
        if (knowledge_.country(id).iso != fields[0]) continue;
        country_points_[id] = {{number_of<double>(fields[2]), number_of<double>(fields[3])},
                               number_of<std::uint32_t>(fields[1])};
      }
      if (const auto seat = find(fields[4], PlaceKind::town, fields[0])) seats_.insert(*seat);
    }
  }
}

void Gazetteer::add_regions() {
  for (const auto& rule : knowledge_.pack(Language()).section("places")) {
    std::optional<PlaceId> id;
    if (rule.name == "region") {
      id = first_region() + static_cast<PlaceId>(regions_.size());
      const auto point = fields_of(rule.value("point"), 2);
      if (point.size() < 2) continue;
      regions_.push_back({std::string(rule.value("name")),
                          std::string(rule.value("country")),
                          kind_of(rule.value("kind")),
                          number_of<std::uint32_t>(rule.value("geonames")),
                          {number_of<double>(point[0]), number_of<double>(point[1])}});
    } else if (rule.name == "also_called") {
      const auto kind = rule.value("kind") == "town"       ? PlaceKind::town
                        : rule.value("kind") == "division" ? PlaceKind::division
                                                           : PlaceKind::country;
      id = find(rule.value("name"), kind, rule.value("country"));
    }
    if (id) add_forms(rule, *id);
  }
}

/// The fields of a rule that are named by a language hold its forms there.
void Gazetteer::add_forms(const knowledge::Rule& rule, PlaceId id) {
  const Language every;
  for (const auto& [field, value] : rule.fields) {
    const Language language(field);
    const bool is_for_all = field == "form";
    if (!is_for_all && (field.size() != 2 || !languages_.contains(language))) continue;
    for (const auto form : alternatives(value)) {
      const bool is_division = id >= first_division() && id < first_town();
      const PlaceSense sense{id, is_for_all ? every : language, is_division && form.ends_with('.')};
      add_variants(words_of(fold(form)), sense);
      // With stops inside it is one token in the text: "U.S", "N.Y".
      if (form.find('.') != std::string_view::npos && form.find(' ') == std::string_view::npos) {
        const Key key = text::form_hash(fold(form));
        add_chain({&key, 1}, sense);
      }
    }
  }
}

void Gazetteer::move_divisions() {
  for (const auto& rule : knowledge_.pack(Language()).section("places")) {
    if (rule.name != "divisions") continue;
    for (const auto value : rule.values("at")) {
      const auto fields = fields_of(value, 4);
      if (fields.size() < 4) continue;
      if (const auto id = find(fields[3], PlaceKind::division, fields[0]))
        moved_[*id] = {number_of<double>(fields[1]), number_of<double>(fields[2])};
    }
  }
}

std::optional<PlaceId> Gazetteer::find(std::string_view name, PlaceKind kind, std::string_view country) const {
  using knowledge::NameKind;
  const auto wanted = kind == PlaceKind::town       ? NameKind::town
                      : kind == PlaceKind::division ? NameKind::division
                                                    : NameKind::country;
  const auto first = kind == PlaceKind::town ? first_town() : kind == PlaceKind::division ? first_division() : 0;
  for (const auto& meaning : knowledge_.meanings(fold(name))) {
    if (meaning.kind != wanted) continue;
    const PlaceId id = first + meaning.id;
    if (kind == PlaceKind::country || place(id).country == country) return id;
  }
  return {};
}

void Gazetteer::finish() {
  std::sort(gathered_.begin(), gathered_.end());
  gathered_.erase(std::unique(gathered_.begin(), gathered_.end()), gathered_.end());
  by_chain_.resize(std::bit_ceil(2 * (gathered_.size() + openings_.size()) + 1));
  senses_.reserve(gathered_.size());
  for (const auto& [chain, sense] : gathered_) {
    auto& found = entry(chain);
    if (found.size == 0) found.begin = static_cast<std::uint32_t>(senses_.size());
    senses_.push_back(sense);
    ++found.size;
  }
  for (const Chain chain : openings_) entry(chain).goes_on = 1;
  gathered_ = {};
  openings_ = {};
}

/// That of the chain; a new one where there is none.
Gazetteer::Entry& Gazetteer::entry(Chain chain) {
  auto at = chain & (by_chain_.size() - 1);
  while (by_chain_[at].is_taken != 0 && by_chain_[at].chain != chain) at = (at + 1) & (by_chain_.size() - 1);
  by_chain_[at].chain = chain;
  by_chain_[at].is_taken = 1;
  return by_chain_[at];
}

const Gazetteer::Entry* Gazetteer::find_entry(Chain chain) const {
  auto at = chain & (by_chain_.size() - 1);
  while (by_chain_[at].is_taken != 0 && by_chain_[at].chain != chain) at = (at + 1) & (by_chain_.size() - 1);
  return by_chain_[at].is_taken != 0 ? &by_chain_[at] : nullptr;
}

Gazetteer::Match Gazetteer::longest_at(std::string_view text, std::span<const Token> tokens, std::size_t at,
                                       Language language) const {
  Match longest;
  Chain chain = 0;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::mark) {
      const bool is_joint = i > at && i + 1 < tokens.size() && tokens[i].span.begin == tokens[i - 1].span.end &&
                            tokens[i].span.size() <= 3;
      if (!is_joint) break;
      const auto mark = words_at(text, tokens[i].span);
      const bool is_stop = mark == ".";
      if (!is_stop && mark != "-" && mark != "'" && mark != "\u2019") break;
      if (!is_stop && tokens[i + 1].span.begin != tokens[i].span.end) break;
      continue;
    }
    if (tokens[i].kind != TokenKind::word) break;
    chain = chained(chain, tokens[i].form);
    const auto* found = find_entry(chain);
    if (found == nullptr) break;
    const auto senses = std::span(senses_).subspan(found->begin, found->size);
    const bool is_name_here = std::any_of(senses.begin(), senses.end(), [&](const PlaceSense& sense) {
      return !sense.language.is_known() || sense.language == language;
    });
    if (is_name_here) longest = {i + 1 - at, senses};
    if (found->goes_on == 0) break;
  }
  return longest;
}

KnownPlace Gazetteer::place(PlaceId id) const {
  KnownPlace out;
  if (id < first_division()) {
    const auto country = knowledge_.country(id);
    const auto found = country_points_.find(id);
    out = {.kind = PlaceKind::country, .name = country.name, .country = country.iso};
    if (found != country_points_.end()) {
      out.point = found->second.point;
      out.geonames_id = found->second.geonames_id;
    }
    out.precision = PlacePrecision::region;
  } else if (id < first_town()) {
    const auto division = knowledge_.division(id - first_division());
    const auto moved = moved_.find(id);
    out = {.kind = PlaceKind::division, .name = division.name, .country = division.country};
    out.point = moved != moved_.end() ? moved->second : GeoPoint{division.latitude, division.longitude};
    out.precision = moved == moved_.end() && division.radius_km <= near_radius_km_max ? PlacePrecision::near
                                                                                      : PlacePrecision::region;
    out.population = division.population;
    out.division = id - first_division();
  } else if (id < first_region()) {
    const auto town = knowledge_.town(id - first_town());
    out = {.kind = PlaceKind::town, .name = town.name, .country = town.country};
    out.point = GeoPoint{town.latitude, town.longitude};
    out.geonames_id = town.geonames_id;
    out.population = town.population;
    out.division = town.division;
    out.is_seat = seats_.contains(id);
  } else if (id - first_region() < regions_.size()) {
    const auto& region = regions_[id - first_region()];
    out = {.kind = region.kind, .name = region.name, .country = region.country};
    out.point = region.point;
    out.geonames_id = region.geonames_id;
    out.precision = PlacePrecision::region;
  }
  return out;
}

}  // namespace depesche::facts
