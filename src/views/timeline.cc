#include <fmt/format.h>

#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

constexpr int date_columns = 12;
constexpr int type_columns = 10;

}  // namespace

std::string timeline(const Picture& picture, const Terminal& terminal) {
  Paper paper(terminal);
  const int indent = date_columns + type_columns;
  for (const auto& item : picture.situation.timeline) {
    const auto modality =
        item.modality == facts::Modality::asserted ? "" : fmt::format(" [{}]", facts::name_of(item.modality));
    paper.line(fmt::format("{}{}{}{}", padded(iso(item.date), date_columns),
                           padded(facts::name_of(item.kind->type), type_columns), on_one_line(item.summary), modality),
               indent);
    const auto& first = item.tellings.front();
    const auto& event = picture.events[first.article][first.event];
    const auto& article = picture.pile.articles[first.article];
    paper.line(fmt::format("{}{}: {}", std::string(static_cast<std::size_t>(indent), ' '), on_one_line(article.id),
                           on_one_line(std::string(article.words_at(event.clause)))),
               indent + 2, Ink::faint);
    if (item.tellings.size() > 1)
      paper.line(fmt::format("{}told {} times in {} dispatches", std::string(static_cast<std::size_t>(indent), ' '),
                             item.tellings.size(), item.dispatches.size()),
                 indent, Ink::faint);
  }
  return paper.take();
}

}  // namespace depesche::views
