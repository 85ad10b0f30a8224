#include "facts/agencies.h"

#include <unicode/uchar.h>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

bool is_word_char(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

/// Whether `words` at `at` are parted from their neighbours: the "AP" of "PAPER" is no agency.
bool stands_alone(std::string_view words, std::size_t at, std::size_t size) {
  auto before = at;
  while (before > 0 && (static_cast<unsigned char>(words[before - 1]) & 0xC0) == 0x80) --before;
  if (before > 0 && is_word_char(code_point_at(words, static_cast<std::uint32_t>(before - 1)).value)) return false;
  const auto end = at + size;
  return end == words.size() || !is_word_char(code_point_at(words, static_cast<std::uint32_t>(end)).value);
}

std::optional<Span> find_form(std::string_view words, std::string_view form) {
  for (auto at = words.find(form); at != std::string_view::npos; at = words.find(form, at + 1)) {
    if (stands_alone(words, at, form.size()))
      return Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + form.size())};
  }
  return {};
}

}  // namespace

Agencies::Agencies(const knowledge::Knowledge& knowledge) {
  for (const auto& rule : knowledge.pack(Language()).section("agencies")) {
    Agency agency{.name = std::string(rule.value("name")),
                  .is_outlet = rule.value("type") == "outlet",
                  .forms = {},
                  .is_ambiguous = rule.value("ambiguous") == "yes"};
    for (const auto form : rule.values("form")) agency.forms.emplace_back(form);
    agencies_.push_back(std::move(agency));
  }
}

std::optional<Agencies::Found> Agencies::find(std::string_view words, bool allow_ambiguous) const {
  std::optional<Found> first;
  for (const Agency& agency : agencies_) {
    for (const std::string& form : agency.forms) {
      // Only the bare acronym of an ambiguous agency is in doubt, not its full name.
      if (agency.is_ambiguous && !allow_ambiguous && form.find(' ') == std::string::npos) continue;
      const auto span = find_form(words, form);
      if (!span) continue;
      const bool is_better = !first || span->begin < first->span.begin ||
                             (span->begin == first->span.begin && span->size() > first->span.size());
      if (is_better) first = Found{&agency, *span};
    }
  }
  return first;
}

const Agency* Agencies::by_name(std::string_view canonical) const {
  for (const Agency& agency : agencies_) {
    if (agency.name == canonical) return &agency;
  }
  return nullptr;
}

}  // namespace depesche::facts
