#include "lineage/ties.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace depesche::lineage {
namespace {

TEST(Ties, hand_on_what_keeps_apart) {
  Ties ties(5);
  EXPECT_TRUE(ties.tie(0, 1));
  EXPECT_TRUE(ties.set_apart(1, 2, "because"));
  EXPECT_TRUE(ties.tie(2, 3));
  EXPECT_TRUE(ties.are_apart(0, 3));
  EXPECT_FALSE(ties.tie(0, 3));
  EXPECT_FALSE(ties.are_tied(0, 3));
  EXPECT_FALSE(ties.set_apart(0, 1, "because"));
  EXPECT_FALSE(ties.concern(4));
  ASSERT_EQ(ties.apart_of(0).size(), 1u);
  EXPECT_EQ(ties.apart_of(0)[0].because, "because");
}

/// Units as sets, and pairs of articles that are apart; every question looks at all of them.
struct SlowTies {
  std::vector<std::set<ArticleIndex>> units;
  std::vector<std::pair<ArticleIndex, ArticleIndex>> apart;

  explicit SlowTies(ArticleIndex articles) {
    for (ArticleIndex i = 0; i < articles; ++i) units.push_back({i});
  }
  std::set<ArticleIndex>& unit(ArticleIndex i) {
    return *std::find_if(units.begin(), units.end(), [&](const auto& unit) { return unit.contains(i); });
  }
  bool are_apart(ArticleIndex a, ArticleIndex b) {
    return std::any_of(apart.begin(), apart.end(), [&](const auto& pair) {
      return (unit(a).contains(pair.first) && unit(b).contains(pair.second)) ||
             (unit(b).contains(pair.first) && unit(a).contains(pair.second));
    });
  }
  bool tie(ArticleIndex a, ArticleIndex b) {
    if (unit(a).contains(b)) return true;
    if (are_apart(a, b)) return false;
    const auto gone = unit(b);
    std::erase(units, gone);
    unit(a).insert(gone.begin(), gone.end());
    return true;
  }
};

RC_GTEST_PROP(Ties, answer_as_sets_would, ()) {
  constexpr ArticleIndex articles = 8;
  Ties ties(articles);
  SlowTies slow(articles);
  const auto steps = *rc::gen::container<std::vector<std::tuple<bool, ArticleIndex, ArticleIndex>>>(
      rc::gen::tuple(rc::gen::arbitrary<bool>(), rc::gen::inRange<ArticleIndex>(0, articles),
                     rc::gen::inRange<ArticleIndex>(0, articles)));
  for (const auto& [is_tie, a, b] : steps) {
    if (is_tie) {
      RC_ASSERT(ties.tie(a, b) == slow.tie(a, b));
    } else if (ties.set_apart(a, b, "")) {
      slow.apart.emplace_back(a, b);
    } else {
      RC_ASSERT(slow.unit(a).contains(b));
    }
    for (ArticleIndex x = 0; x < articles; ++x) {
      const auto unit = ties.unit(x);
      RC_ASSERT(std::set<ArticleIndex>(unit.begin(), unit.end()) == slow.unit(x));
      for (ArticleIndex y = 0; y < articles; ++y) RC_ASSERT(ties.are_apart(x, y) == slow.are_apart(x, y));
    }
  }
}

}  // namespace
}  // namespace depesche::lineage
