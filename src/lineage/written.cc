// A date is taken from where it is most surely the dispatch's own: its dateline; then what the source gives as
// publication date; then the dateline of another printing of the same dispatch. A dateline often names no year ("March
// 5"): the year comes from the article's given date, or from the pile where all years that it is sure of are one. What
// remains open stays open. A date in a line that was set aside, such as a link to the next article, is never taken, and
// said so.
#include "lineage/written.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace depesche::lineage {
namespace {

std::optional<int> only_year(std::span<const Article> articles, const facts::Facts& facts) {
  std::set<int> years;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const GivenDate& given : articles[i].given_dates) years.insert(given.date.year);
    const auto& dateline = facts.articles[i].dateline;
    if (dateline && dateline->date && dateline->date->has_year) years.insert(dateline->date->value.year);
  }
  if (years.size() != 1) return {};
  return *years.begin();
}

Written from_article(const Article& article, const facts::ArticleFacts& facts, std::optional<int> year_of_pile) {
  Written written;
  const GivenDate* given = article.finest_given_date();
  if (facts.dateline && facts.dateline->date) {
    Instant date = facts.dateline->date->value;
    const auto words = article.words_at(facts.dateline->span);
    if (facts.dateline->date->has_year) {
      written.date = date;
      written.basis = "dateline";
      written.because = fmt::format("dateline \"{}\"", words);
    } else if (const auto year = given != nullptr ? std::optional<int>(given->date.year) : year_of_pile) {
      date.year = static_cast<std::int16_t>(*year);
      if (day_of(date.year, date.month, std::max<int>(date.day, 1))) {
        written.date = date;
        written.basis = "dateline";
        written.because =
            fmt::format("dateline \"{}\"; the year from {}", words,
                        given != nullptr ? given->where : "the other dates of the pile, which agree on it");
      }
    }
  }
  // "Stand: 15.03.2025, 08:10 Uhr" under the headline.
  for (const facts::Time& time : facts.times) {
    const Role role = article.blocks[time.block].role;
    if (written.date || !time.has_year || (role != Role::byline && role != Role::dateline)) continue;
    if (given != nullptr && given->date.precision >= time.value.precision) continue;
    written.date = time.value;
    written.basis = "text";
    written.because = fmt::format("line {} \"{}\"", article.blocks[time.block].line,
                                  article.words_at(article.blocks[time.block].content()));
  }
  if (!written.date && given != nullptr) {
    written.date = given->date;
    written.basis = "metadata";
    written.because = given->where;
  }
  for (const facts::Time& time : facts.set_aside_times) {
    if (!time.has_year || (written.date && agree(*written.date, time.value))) continue;
    written.rejected.push_back({time.value, fmt::format("line {}", article.blocks[time.block].line),
                                fmt::format("in a line set aside: {}", article.blocks[time.block].because)});
  }
  return written;
}

bool is_whole_printing(const Member& member) { return member.relation != Relation::part; }

/// The member that lends its date to the others: a dateline of its own, the reading before the rest.
const Member* lender(const Dispatch& dispatch, const std::vector<Written>& written) {
  for (const Member& member : dispatch.members) {
    if (is_whole_printing(member) && written[member.article].basis == "dateline") return &member;
  }
  return nullptr;
}

}  // namespace

std::vector<Written> date_articles(std::span<const Article> articles, const facts::Facts& facts,
                                   std::span<const Dispatch> dispatches) {
  const auto year = only_year(articles, facts);
  std::vector<Written> written;
  written.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i)
    written.push_back(from_article(articles[i], facts.articles[i], year));

  for (const Dispatch& dispatch : dispatches) {
    const Member* from = lender(dispatch, written);
    if (from == nullptr) continue;
    for (const Member& member : dispatch.members) {
      Written& open = written[member.article];
      if (!is_whole_printing(member) || open.basis == "dateline") continue;
      const Instant& lent = *written[from->article].date;
      // A publication date that agrees says no less than the dateline; one that is coarser or absent is filled.
      if (open.date && (open.date->precision >= lent.precision || !agree(*open.date, lent))) continue;
      open.date = lent;
      open.basis = "inferred";
      open.because = fmt::format("{} of the dispatch that {} prints with its dateline", name_of(member.relation),
                                 articles[from->article].id);
    }
  }
  return written;
}

}  // namespace depesche::lineage
