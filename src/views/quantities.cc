// A text printed by forty papers has forty times twelve dead, and they are twelve. Two quantities are one where blocks that were aligned
// (copies, rewordings, translations) tell of the same number of the same kind; the first such of one block is the first of the other.
#include "views/quantities.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace depesche::views {
namespace {

using Json = nlohmann::ordered_json;

/// Of an article, and which of its quantities.
using Which = std::pair<ArticleIndex, std::uint32_t>;

class Joiner {
 public:
  explicit Joiner(const Picture& picture) : picture_(picture) {
    for (ArticleIndex a = 0; a < picture.facts.articles.size(); ++a) {
      first_.push_back(all_.size());
      for (std::uint32_t q = 0; q < picture.facts.articles[a].quantities.size(); ++q) all_.emplace_back(a, q);
    }
    parent_.resize(all_.size());
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (const auto& alignment : picture.alignments) {
      for (const auto& link : alignment.blocks) join_blocks(alignment.a, link.a, alignment.b, link.b);
    }
  }

  /// Those that are one, in the order of the articles.
  std::vector<std::vector<Which>> groups() {
    std::vector<std::vector<Which>> groups;
    std::vector<std::size_t> group_of(all_.size(), all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) {
      auto& group = group_of[root(i)];
      if (group == all_.size()) {
        group = groups.size();
        groups.emplace_back();
      }
      groups[group].push_back(all_[i]);
    }
    return groups;
  }

 private:
  const facts::Quantity& at(std::size_t i) const {
    return picture_.facts.articles[all_[i].first].quantities[all_[i].second];
  }

  std::vector<std::size_t> in_block(ArticleIndex article, BlockIndex block) const {
    const auto& quantities = picture_.facts.articles[article].quantities;
    const auto before = [](const facts::Quantity& quantity, BlockIndex b) { return quantity.block < b; };
    const auto begin = std::lower_bound(quantities.begin(), quantities.end(), block, before);
    std::vector<std::size_t> found;
    for (auto q = begin; q != quantities.end() && q->block == block; ++q)
      found.push_back(first_[article] + static_cast<std::size_t>(q - quantities.begin()));
    return found;
  }

  static bool is_same(const facts::Quantity& x, const facts::Quantity& y) {
    return std::tie(x.kind, x.value, x.low, x.high, x.unit) == std::tie(y.kind, y.value, y.low, y.high, y.unit);
  }

  void join_blocks(ArticleIndex a, BlockIndex block_a, ArticleIndex b, BlockIndex block_b) {
    auto others = in_block(b, block_b);
    for (const auto x : in_block(a, block_a)) {
      const auto y =
          std::find_if(others.begin(), others.end(), [&](std::size_t other) { return is_same(at(x), at(other)); });
      if (y == others.end()) continue;
      parent_[std::max(root(x), root(*y))] = std::min(root(x), root(*y));
      others.erase(y);
    }
  }

  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  const Picture& picture_;
  std::vector<Which> all_;
  std::vector<std::size_t> first_;  ///< of each article, into all_
  std::vector<std::size_t> parent_;
};

Json number(const std::optional<double>& value) {
  if (!value) return nullptr;
  const auto whole = static_cast<std::int64_t>(*value);
  if (static_cast<double>(whole) == *value) return whole;
  return *value;
}

}  // namespace

Json quantities_json(const Picture& picture, const Shown& shown) {
  Json out = Json::array();
  for (const auto& group : Joiner(picture).groups()) {
    const auto at = [&](Which which) -> const facts::Quantity& {
      return picture.facts.articles[which.first].quantities[which.second];
    };
    const auto& quantity = at(group[0]);
    Json according_to = nullptr;
    Json evidence = Json::array();
    for (const auto& which : group) {
      const auto& one = at(which);
      evidence.push_back(shown.evidence(which.first, one.block, one.span));
      if (one.statement && according_to.is_null())
        according_to = shown.actor_ids[picture.facts.articles[which.first].statements[*one.statement].actor];
    }
    const auto printed = picture.pile.articles[group[0].first].words_at(quantity.what);
    out.push_back({{"what", facts::name_of(quantity.kind)},
                   {"of", printed.empty() ? Json(nullptr) : Json(printed)},
                   {"value", number(quantity.value)},
                   {"low", number(quantity.low)},
                   {"high", number(quantity.high)},
                   {"unit", quantity.unit.empty() ? Json(nullptr) : Json(quantity.unit)},
                   {"approximate", quantity.is_approximate},
                   {"event", nullptr},
                   {"according_to", according_to},
                   {"evidence", evidence}});
  }
  return out;
}

}  // namespace depesche::views
