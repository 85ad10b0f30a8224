#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "views/named_actors.h"
#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

constexpr std::size_t roles_shown = 3;
constexpr int name_columns_max = 40;
constexpr int type_columns = 15;

}  // namespace

std::vector<std::uint32_t> named_actors(const facts::Facts& facts) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < facts.actors.size(); ++i) {
    if (facts.actors[i].is_named) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](auto x, auto y) { return facts.actors[x].mentions > facts.actors[y].mentions; });
  return order;
}

std::string actors(const Picture& picture, const Terminal& terminal) {
  Paper paper(terminal);
  const auto name_columns = std::min(name_columns_max, terminal.width / 3);
  const auto indent = 7 + name_columns + 2;
  for (const auto index : named_actors(picture.facts)) {
    const auto* actor = &picture.facts.actors[index];
    paper.line(fmt::format("{:>5}  {}  {}  {}", actor->mentions,
                           padded(shortened(on_one_line(actor->name), name_columns), name_columns),
                           padded(facts::name_of(actor->type), type_columns), actor->iso));
    for (const auto& [language, forms] : actor->forms) {
      std::vector<std::string> shown;
      for (const auto& form : forms) shown.push_back(on_one_line(form));
      if (shown.size() == 1 && shown[0] == on_one_line(actor->name)) continue;
      paper.line(fmt::format("{}{}: {}", std::string(static_cast<std::size_t>(indent), ' '), language.code(),
                             fmt::join(shown, ", ")),
                 indent + 4, Ink::faint);
    }
    for (std::size_t i = 0; i < std::min(roles_shown, actor->roles.size()); ++i)
      paper.line(std::string(static_cast<std::size_t>(indent), ' ') + on_one_line(actor->roles[i].words), indent + 4);
    if (!actor->may_be.empty()) {
      std::set<std::string> others;
      for (const auto other : actor->may_be) others.insert(on_one_line(picture.facts.actors[other].name));
      paper.line(
          fmt::format("{}perhaps {}", std::string(static_cast<std::size_t>(indent), ' '), fmt::join(others, " or ")),
          indent + 4, Ink::warning);
    }
  }
  return paper.take();
}

}  // namespace depesche::views
