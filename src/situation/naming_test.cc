#include "situation/naming.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support.h"

namespace depesche::situation {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

/// "actor term outlet" of all namings of a pile whose articles are one story.
std::vector<std::string> named(const std::vector<std::string>& words) {
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  stories::Story story;
  for (const auto& text : words) {
    articles.push_back(article_of(text, fmt::format("a{}", articles.size())));
    texts.push_back(text::annotate(articles.back(), knowledge()));
    story.articles.push_back(static_cast<ArticleIndex>(articles.size() - 1));
  }
  const auto facts = facts::extract(articles, texts, knowledge());
  std::vector<std::string> found;
  for (const auto& naming : namings(std::vector{story}, {}, facts, articles, texts, knowledge()))
    found.push_back(
        fmt::format("{} {} {} {}", facts.actors[naming.actor].name, naming.term, naming.outlet, naming.count));
  return found;
}

TEST(Naming, tells_who_calls_the_same_people_what) {
  EXPECT_EQ(
      named({"On Monday the rebels took the harbour of the town and the bridge. The rebels then took the station.",
             "On Monday the terrorists took the harbour of the town and the bridge over the river."}),
      (std::vector<std::string>{"rebels rebels a0 2", "rebels terrorists a1 1"}));
}

TEST(Naming, is_silent_where_all_say_the_same) {
  EXPECT_TRUE(named({"On Monday the rebels took the harbour of the town and the bridge over the river.",
                     "Am Montag nahmen die Rebellen den Hafen der Stadt und die Brücke über den Fluss ein."})
                  .empty());
}

}  // namespace
}  // namespace depesche::situation
