#include "facts/quantity_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::array<std::string_view, 14> kind_names = {"dead",     "wounded", "missing",     "displaced", "arrested",
                                                         "troops",   "people",  "settlements", "vehicles",  "strikes",
                                                         "distance", "area",    "money",       "share"};

/// Rules whose `words` all have one role.
constexpr std::pair<std::string_view, QuantityRole> roles_of_rules[] = {
    {"one", QuantityRole::one},
    {"approximate", QuantityRole::approximate},
    {"approximate_behind", QuantityRole::approximate_behind},
    {"at_least", QuantityRole::at_least},
    {"at_least_behind", QuantityRole::at_least_behind},
    {"at_most", QuantityRole::at_most},
    {"at_most_behind", QuantityRole::at_most_behind},
    {"between", QuantityRole::between},
    {"range", QuantityRole::range},
    {"conjunction", QuantityRole::conjunction},
    {"of", QuantityRole::of},
    {"others", QuantityRole::others},
    {"interposed", QuantityRole::interposed},
    {"not_counted", QuantityRole::not_counted},
    {"auxiliary", QuantityRole::auxiliary},
    {"toll_to", QuantityRole::toll_to},
    {"including", QuantityRole::including},
    {"relative", QuantityRole::relative},
    {"out_of", QuantityRole::out_of},
    {"before_year", QuantityRole::before_year},
};

/// Fields of a rule that is named after a kind.
constexpr std::pair<std::string_view, QuantityRole> roles_of_fields[] = {{"noun", QuantityRole::noun},
                                                                         {"before", QuantityRole::before},
                                                                         {"behind", QuantityRole::behind},
                                                                         {"toll", QuantityRole::toll}};

std::optional<double> figure(std::string_view digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return value;
}

/// "20..99", "~10", "500000"
bool read_number(std::string_view written, QuantityWord& word) {
  if (const auto dots = written.find(".."); dots != std::string_view::npos) {
    word.low = figure(written.substr(0, dots));
    word.high = figure(written.substr(dots + 2));
    return word.low && word.high;
  }
  word.is_approximate = written.starts_with('~');
  word.value = figure(written.substr(word.is_approximate ? 1 : 0));
  word.low = word.high = word.value;
  return word.value.has_value();
}

/// The words behind the bar of "20..99 | dizaines", and what stands before it.
std::pair<std::string_view, std::vector<std::string>> parted(std::string_view line) {
  const auto bar = line.find('|');
  std::vector<std::string> words;
  if (bar == std::string_view::npos) return {line, words};
  std::string_view rest = line.substr(bar + 1);
  while (!(rest = trim(rest)).empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    words.emplace_back(rest.substr(0, end));
    std::replace(words.back().begin(), words.back().end(), '_', ' ');
    rest.remove_prefix(end);
  }
  return {trim(line.substr(0, bar)), words};
}

}  // namespace

std::string_view name_of(QuantityKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<QuantityKind> quantity_kind_of(std::string_view name) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return {};
  return static_cast<QuantityKind>(found - kind_names.begin());
}

QuantityWords::QuantityWords(const knowledge::Pack& pack, std::vector<std::string>* mistakes) {
  for (const auto& rule : pack.section("quantities")) read(pack, rule, mistakes);
  const auto longest_first = [&](std::uint32_t x, std::uint32_t y) {
    return words_[x].keys.size() > words_[y].keys.size();
  };
  for (auto* index : {&by_first_, &by_last_}) {
    for (auto& [key, words] : *index) std::stable_sort(words.begin(), words.end(), longest_first);
  }
}

void QuantityWords::read(const knowledge::Pack& pack, const knowledge::Rule& rule, std::vector<std::string>* mistakes) {
  const auto mistake = [&](std::string_view what) {
    if (mistakes == nullptr) return;
    mistakes->push_back(fmt::format("data/lang/{}/quantities.rules:{}: {}", pack.language.code(), rule.line, what));
  };
  QuantityWord word;
  for (const auto& [name, role] : roles_of_rules) {
    if (rule.name != name) continue;
    word.role = role;
    for (const auto& phrase : rule.words("words")) add(word, phrase);
    return;
  }
  if (rule.name == "numbers") {
    for (const auto& [field, role] :
         {std::pair("number", QuantityRole::number), {"multiplier", QuantityRole::multiplier}}) {
      for (const auto line : rule.values(field)) {
        const auto [written, phrases] = parted(line);
        QuantityWord number;
        number.role = role;
        if (!read_number(written, number)) mistake(fmt::format("no number: {}", written));
        for (const auto& phrase : phrases) add(number, phrase);
      }
    }
    return;
  }
  const auto kind = quantity_kind_of(rule.name);
  if (!kind) {
    mistake(fmt::format("\"{}\" is no rule of quantities", rule.name));
    return;
  }
  word.kind = *kind;
  for (const auto& [field, role] : roles_of_fields) {
    word.role = role;
    for (const auto& phrase : rule.words(field)) add(word, phrase);
  }
  word.role = QuantityRole::unit;
  for (const auto line : rule.values("unit")) {
    const auto [unit, phrases] = parted(line);
    word.unit = unit;
    for (const auto& phrase : phrases) add(word, phrase);
  }
  for (const auto line : rule.values("sign")) {
    const auto [unit, signs] = parted(line);
    word.unit = unit;
    for (const auto& sign : signs) signs_.emplace_back(sign, word);
  }
}

void QuantityWords::add(QuantityWord word, std::string_view phrase) {
  word.keys = keys_of_phrase(phrase);
  if (word.keys.empty()) return;
  const auto index = static_cast<std::uint32_t>(words_.size());
  by_first_[word.keys.front()].push_back(index);
  by_last_[word.keys.back()].push_back(index);
  if (word.role == QuantityRole::number || word.role == QuantityRole::one)
    beginnings_.set(word.keys.front() % beginnings_.size());
  words_.push_back(std::move(word));
}

const QuantityWord* QuantityWords::at(std::span<const Key> keys, std::size_t at, QuantityRole role) const {
  if (at >= keys.size()) return nullptr;
  const auto found = by_first_.find(keys[at]);
  if (found == by_first_.end()) return nullptr;
  for (const auto index : found->second) {
    const auto& word = words_[index];
    if (word.role != role || at + word.keys.size() > keys.size()) continue;
    if (std::equal(word.keys.begin(), word.keys.end(), keys.begin() + static_cast<std::ptrdiff_t>(at))) return &word;
  }
  return nullptr;
}

const QuantityWord* QuantityWords::ending_at(std::span<const Key> keys, std::size_t at, QuantityRole role) const {
  if (at == 0) return nullptr;
  const auto found = by_last_.find(keys[at - 1]);
  if (found == by_last_.end()) return nullptr;
  for (const auto index : found->second) {
    const auto& word = words_[index];
    if (word.role != role || word.keys.size() > at) continue;
    if (std::equal(word.keys.begin(), word.keys.end(),
                   keys.begin() + static_cast<std::ptrdiff_t>(at - word.keys.size())))
      return &word;
  }
  return nullptr;
}

const QuantityWord* QuantityWords::sign(std::string_view mark) const {
  for (const auto& [sign, word] : signs_) {
    if (sign == mark) return &word;
  }
  return nullptr;
}

std::vector<std::string> mistakes_in_quantities(const knowledge::Pack& pack) {
  std::vector<std::string> mistakes;
  const QuantityWords words(pack, &mistakes);
  return mistakes;
}

}  // namespace depesche::facts
