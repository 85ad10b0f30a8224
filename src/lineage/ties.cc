#include "lineage/ties.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace depesche::lineage {

Ties::Ties(std::size_t articles) : parents_(articles), next_(articles) {
  std::iota(parents_.begin(), parents_.end(), ArticleIndex{0});
  std::iota(next_.begin(), next_.end(), ArticleIndex{0});
}

ArticleIndex Ties::unit_of(ArticleIndex article) const {
  while (parents_[article] != article) article = parents_[article] = parents_[parents_[article]];
  return article;
}

bool Ties::tie(ArticleIndex a, ArticleIndex b) {
  ArticleIndex x = unit_of(a);
  ArticleIndex y = unit_of(b);
  if (x == y) return true;
  if (are_apart(x, y)) return false;
  if (apart_of(x).size() < apart_of(y).size()) std::swap(x, y);  // the shorter list is appended to the longer
  parents_[y] = x;
  std::swap(next_[x], next_[y]);  // two rings become one
  if (const auto gone = apart_.find(y); gone != apart_.end()) {
    auto list = std::move(gone->second);
    apart_.erase(gone);
    auto& kept = apart_[x];
    kept.insert(kept.end(), list.begin(), list.end());
  }
  return true;
}

bool Ties::set_apart(ArticleIndex a, ArticleIndex b, std::string_view because) {
  const ArticleIndex x = unit_of(a);
  const ArticleIndex y = unit_of(b);
  if (x == y) return false;
  apart_[x].push_back({a, b, because});
  apart_[y].push_back({b, a, because});
  return true;
}

bool Ties::are_apart(ArticleIndex a, ArticleIndex b) const {
  ArticleIndex x = unit_of(a);
  ArticleIndex y = unit_of(b);
  if (apart_of(x).size() > apart_of(y).size()) std::swap(x, y);
  const auto list = apart_of(x);
  return std::any_of(list.begin(), list.end(), [&](const Apart& apart) { return unit_of(apart.other) == y; });
}

std::span<const Ties::Apart> Ties::apart_of(ArticleIndex article) const {
  const auto found = apart_.find(unit_of(article));
  return found != apart_.end() ? std::span<const Apart>(found->second) : std::span<const Apart>();
}

std::vector<ArticleIndex> Ties::unit(ArticleIndex article) const {
  std::vector<ArticleIndex> unit = {article};
  for (ArticleIndex i = next_[article]; i != article; i = next_[i]) unit.push_back(i);
  return unit;
}

}  // namespace depesche::lineage
