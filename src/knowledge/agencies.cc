#include "knowledge/agencies.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/unicode.h"

namespace depesche::knowledge {
namespace {

/// The end of the word that begins at `begin`.
std::uint32_t end_of_word(std::string_view words, std::uint32_t begin) {
  auto end = begin;
  while (end < words.size()) {
    const auto [c, next] = code_point_at(words, end);
    if (!is_word_char(c)) break;
    end = next;
  }
  return end;
}

}  // namespace

Agencies::Agencies(const Knowledge& knowledge) {
  for (const auto& pack : knowledge.packs()) {
    for (const auto& rule : pack.section("agencies")) {
      const Agency& agency =
          agencies_.emplace_back(Agency{std::string(rule.value("name")), rule.value("type") == "outlet"});
      const bool is_ambiguous = rule.value("ambiguous") == "yes";
      for (const auto form : rule.values("form")) {
        const auto folded = fold(form);
        if (folded.empty()) continue;
        // Only the bare acronym of an ambiguous agency is in doubt, not its full name.
        const bool is_sure = !is_ambiguous || form.find(' ') != std::string_view::npos;
        forms_[folded.substr(0, folded.find(' '))].push_back({std::string(form), &agency, is_sure});
      }
    }
  }
  for (auto& [key, forms] : forms_) {
    std::sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) {
      return a.words.size() != b.words.size() ? a.words.size() > b.words.size() : a.words < b.words;
    });
  }
}

std::vector<Agencies::Found> Agencies::find_all(std::string_view words) const {
  std::vector<Found> found;
  for (std::uint32_t i = 0; i < words.size();) {
    const auto end = end_of_word(words, i);
    if (end == i) {
      i = code_point_at(words, i).next;
      continue;
    }
    const auto forms = forms_.find(fold(words.substr(i, end - i)));
    auto behind = end;
    if (forms != forms_.end()) {
      for (const Form& form : forms->second) {
        const auto form_end = i + static_cast<std::uint32_t>(form.words.size());
        if (words.substr(i, form.words.size()) != form.words || end_of_word(words, form_end) != form_end) continue;
        found.push_back({form.agency, {i, form_end}, form.is_sure});
        behind = form_end;
        break;
      }
    }
    i = behind;
  }
  return found;
}

std::optional<Agencies::Found> Agencies::find(std::string_view words, bool allow_unsure) const {
  const auto all = find_all(words);
  const auto first =
      std::find_if(all.begin(), all.end(), [&](const Found& found) { return allow_unsure || found.is_sure; });
  return first == all.end() ? std::nullopt : std::optional(*first);
}

const Agency* Agencies::by_name(std::string_view canonical) const {
  const auto found =
      std::find_if(agencies_.begin(), agencies_.end(), [&](const Agency& agency) { return agency.name == canonical; });
  return found == agencies_.end() ? nullptr : &*found;
}

}  // namespace depesche::knowledge
