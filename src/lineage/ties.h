#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/article.h"

namespace depesche::lineage {

/// Which articles a person tied together or set apart, by their indices.
///
/// Articles that are tied, directly or over others, are a unit, and what is decided of one of them is decided of all: tie a
/// with b and set b apart from c, and a is apart from c.
class Ties {
 public:
  /// What keeps a unit from an article.
  struct Apart {
    ArticleIndex mine;
    ArticleIndex other;
    std::string_view because;  ///< belongs to the caller of `set_apart`
  };

  explicit Ties(std::size_t articles);

  /// False, and nothing is tied, where the units of the two are apart.
  bool tie(ArticleIndex a, ArticleIndex b);
  /// False, and nothing is set apart, where the two are of one unit.
  bool set_apart(ArticleIndex a, ArticleIndex b, std::string_view because);

  bool are_tied(ArticleIndex a, ArticleIndex b) const { return unit_of(a) == unit_of(b); }
  bool are_apart(ArticleIndex a, ArticleIndex b) const;
  /// Whether anything was decided of the article or what it is tied to.
  bool concern(ArticleIndex article) const { return next_[article] != article || !apart_of(article).empty(); }
  /// What keeps the article's unit from others.
  std::span<const Apart> apart_of(ArticleIndex article) const;
  /// The article and all it is tied to, in no order to rely on.
  std::vector<ArticleIndex> unit(ArticleIndex article) const;

 private:
  ArticleIndex unit_of(ArticleIndex article) const;

  mutable std::vector<ArticleIndex> parents_;                   ///< union-find, paths halved
  std::vector<ArticleIndex> next_;                              ///< of the same unit, in a ring
  std::unordered_map<ArticleIndex, std::vector<Apart>> apart_;  ///< by the root of the unit
};

}  // namespace depesche::lineage
