#include "core/article.h"

#include <algorithm>
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

std::optional<BlockIndex> block_at(const Article& article, std::uint32_t offset) {
  const auto after = std::upper_bound(article.blocks.begin(), article.blocks.end(), offset,
                                      [](std::uint32_t at, const Block& block) { return at < block.span.begin; });
  if (after == article.blocks.begin()) return {};
  const auto block = std::prev(after);
  if (offset >= block->span.end) return {};
  return static_cast<BlockIndex>(block - article.blocks.begin());
}

}  // namespace depesche
