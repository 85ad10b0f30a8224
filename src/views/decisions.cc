#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <nlohmann/json.hpp>

#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {

using Json = nlohmann::ordered_json;

std::string_view name_of(Fate fate) {
  static constexpr std::array<std::string_view, 3> names = {"in force", "overridden", "undone"};
  return names[static_cast<std::size_t>(fate)];
}

std::string decisions_json(std::span<const lineage::Decision> decisions, std::span<const Fate> fates) {
  const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  std::string lines;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const auto& decision = decisions[i];
    Json line = {{"number", decision.number}, {"decision", lineage::name_of(decision.kind)}};
    if (decision.kind == lineage::Decision::Kind::split) {
      line["article"] = decision.article;
      line["from"] = decision.others;
      line["family"] = or_null(decision.family);
    } else {
      line["a"] = decision.article;
      line["b"] = decision.others.at(0);
    }
    line["at"] = decision.at ? Json(iso(*decision.at)) : Json(nullptr);
    line["by"] = or_null(decision.by);
    line["why"] = or_null(decision.why);
    line["state"] = name_of(fates[i]);
    lines += line.dump() + "\n";
  }
  return lines;
}

std::string decisions(std::span<const lineage::Decision> decisions, std::span<const Fate> fates,
                      const Terminal& terminal) {
  Paper paper(terminal);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const auto& decision = decisions[i];
    // What came from the file stays on its line and commands no terminal.
    auto line = fmt::format("{:>3}  {:<10}  {:<5}  {}", decision.number,
                            decision.at ? iso(cut_to(*decision.at, Precision::day)) : "",
                            lineage::name_of(decision.kind), on_one_line(decision.article));
    line += decision.kind == lineage::Decision::Kind::split ? " from " : " with ";
    line += on_one_line(fmt::format("{}", fmt::join(decision.others, ", ")));
    if (!decision.by.empty()) line += ", by " + on_one_line(decision.by);
    if (!decision.why.empty()) line += ": " + on_one_line(decision.why);
    if (fates[i] != Fate::in_force) line += fmt::format(" [{}]", name_of(fates[i]));
    paper.line(line, 24, fates[i] == Fate::in_force ? Ink::plain : Ink::faint);
  }
  return paper.take();
}

}  // namespace depesche::views
