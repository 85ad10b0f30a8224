#include "stories/stories.h"

#include "core/ids.h"

namespace depesche::stories {
namespace {

/// The first printed title of the dispatch with the most printings, or of any.
std::string title_of(std::span<const Article> articles, const lineage::Lineage& lineage) {
  for (const auto& dispatch : lineage.dispatches) {
    for (const auto& member : dispatch.members) {
      if (member.relation != lineage::Relation::part && !articles[member.article].title.empty()) {
        return articles[member.article].title;
      }
    }
  }
  for (const Article& article : articles) {
    if (!article.title.empty()) return article.title;
  }
  return {};
}

}  // namespace

std::vector<Story> place(std::span<const Article> articles, std::span<const text::Text> texts,
                         const lineage::Lineage& lineage) {
  if (articles.empty()) return {};
  Story story;
  story.title = title_of(articles, lineage);
  std::string content;
  for (ArticleIndex i = 0; i < articles.size(); ++i) {
    story.articles.push_back(i);
    story.languages.insert(texts[i].language.code());
    content += articles[i].id + "\n";
    const auto& date = lineage.written[i].date;
    if (!date || date->precision < Precision::day) continue;
    const Instant day = cut_to(*date, Precision::day);
    if (!story.from || day < *story.from) story.from = day;
    if (!story.to || day > *story.to) story.to = day;
  }
  for (std::size_t d = 0; d < lineage.dispatches.size(); ++d) story.dispatches.push_back(d);
  story.id = content_id("s", content);
  return {std::move(story)};
}

}  // namespace depesche::stories
