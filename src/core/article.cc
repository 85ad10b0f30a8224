#include "core/article.h"

#include <array>

namespace depesche {

std::string_view name_of(Role role) {
  static constexpr std::array<std::string_view, 9> names = {"title", "subtitle", "subheading", "byline",     "dateline",
                                                            "body",  "caption",  "repeat",     "boilerplate"};
  return names[static_cast<std::size_t>(role)];
}

const GivenDate* Article::finest_given_date() const {
  const GivenDate* best = nullptr;
  for (const GivenDate& given : given_dates) {
    if (best == nullptr || given.date.precision > best->date.precision) best = &given;
  }
  return best;
}

}  // namespace depesche
