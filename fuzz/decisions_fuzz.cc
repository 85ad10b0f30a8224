#include <algorithm>
#include <cstdint>

#include "lineage/decisions.h"
#include "promises.h"

using namespace depesche;

/// Whatever stands in a file: it is read or refused; a decision that is appended is there and changes no other; an entry
/// that is undone is undone and changes no other; what is in force contradicts nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = lineage::parse_decisions(text, "fuzz.toml");
  if (!file.has_value()) return 0;
  const auto& decisions = file->decisions;
  const auto number = decisions.size() + file->damaged.size() + 1;

  lineage::Decision decision;
  decision.article = "article";
  decision.others = {"other"};
  if (const auto after = lineage::with_decision(text, decision, "fuzz.toml"); after.has_value()) {
    const auto again = lineage::parse_decisions(*after, "fuzz.toml");
    fuzz::demand(after->starts_with(text), "what stood in the file stays");
    fuzz::demand(again.has_value() && again->damaged.size() == file->damaged.size(), "no entry is damaged");
    fuzz::demand(again->decisions.size() == decisions.size() + 1, "one decision is new");
    fuzz::demand(std::equal(decisions.begin(), decisions.end(), again->decisions.begin()), "no decision changed");
    fuzz::demand(again->decisions.back().number == number, "the new one is the last");
  }

  for (std::size_t i = 0; i < std::min<std::size_t>(decisions.size(), 4); ++i) {
    const auto after = lineage::with_undone(text, decisions[i].number, *day_of(2026, 11, 21), "fuzz.toml");
    if (!after.has_value()) continue;
    const auto again = lineage::parse_decisions(*after, "fuzz.toml");
    fuzz::demand(again.has_value() && again->decisions.size() == decisions.size(), "no decision is lost or new");
    for (std::size_t k = 0; k < decisions.size(); ++k)
      fuzz::demand(again->decisions[k].is_undone == (decisions[k].is_undone || k == i), "one is undone");
  }

  const auto in_force = lineage::in_force(decisions);
  for (const auto& [pair, because] : in_force.decisions.apart)
    fuzz::demand(!in_force.decisions.together.contains(pair), "no two articles are apart and together");
  return 0;
}
