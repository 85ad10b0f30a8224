#include "knowledge/draft.h"

#include <algorithm>
#include <tuple>

#include "core/unicode.h"

namespace depesche::knowledge {

void Draft::add_name(std::string_view printed, const Meaning& meaning) {
  // A soft hyphen says where a word may be broken ("ein­und­zwanzig"), and is no part of it.
  static constexpr std::string_view soft_hyphen = "\u00AD";
  std::string plain(printed);
  for (auto at = plain.find(soft_hyphen); at != std::string::npos; at = plain.find(soft_hyphen, at)) {
    plain.erase(at, soft_hyphen.size());
  }
  auto folded = fold(plain);
  if (folded.empty()) return;
  names.emplace_back(std::move(folded), meaning);
  if (meaning.kind == NameKind::country || meaning.kind == NameKind::town)
    printed_names.emplace_back(std::move(plain), meaning);
}

std::optional<std::uint32_t> Draft::country_of(std::string_view iso) const {
  const auto found = std::lower_bound(countries.begin(), countries.end(), iso,
                                      [](const Country& country, std::string_view code) { return country.iso < code; });
  if (found == countries.end() || found->iso != iso) return {};
  return static_cast<std::uint32_t>(found - countries.begin());
}

void Draft::sort_names() {
  // With `und` in front of the other languages, what it makes superfluous stands right behind it.
  const auto key = [](const auto& entry) {
    const auto& [folded, meaning] = entry;
    return std::tuple<std::string_view, NameKind, std::uint32_t, bool, Language>(
        folded, meaning.kind, meaning.id, meaning.language.is_known(), meaning.language);
  };
  std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto says_nothing_new = [](const auto& before, const auto& entry) {
    const auto& [folded, meaning] = entry;
    return before.first == folded && before.second.kind == meaning.kind && before.second.id == meaning.id &&
           (!before.second.language.is_known() || before.second.language == meaning.language);
  };
  names.erase(std::unique(names.begin(), names.end(), says_nothing_new), names.end());
  std::sort(names.begin(), names.end());
}

}  // namespace depesche::knowledge
