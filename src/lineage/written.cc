// A date is taken from where it is most surely the dispatch's own: its dateline; then a line under the headline that
// says when it was published; then what the source gives as publication date; then the dateline of another printing of
// the same dispatch. A dateline often names no year ("March 5"): it is of the year that brings it nearest to the
// article's given date, or to the dates that the pile is sure of. What remains open stays open. A date in a line that
// was set aside, such as a link to the next article, is never taken, and said so.
#include "lineage/written.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace depesche::lineage {
namespace {

/// All days that the pile is sure of.
std::vector<Instant> sure_days(std::span<const Article> articles, const facts::Facts& facts) {
  std::vector<Instant> days;
  const auto add = [&](const Instant& date) {
    if (date.precision >= Precision::day) days.push_back(cut_to(date, Precision::day));
  };
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const GivenDate& given : articles[i].given_dates) add(given.date);
    const auto& dateline = facts.articles[i].dateline;
    if (dateline && dateline->date && dateline->date->has_year) add(dateline->date->value);
  }
  std::sort(days.begin(), days.end());
  return days;
}

/// The year of a day that names none, from a day near which it was written: "31 December" printed on 1 January is of
/// the year before.
std::optional<Instant> with_year_near(const Instant& date, const Instant& anchor) {
  std::optional<Instant> best;
  std::int64_t least = 0;
  for (const int year : {anchor.year - 1, int{anchor.year}, anchor.year + 1}) {
    const auto day = day_of(year, date.month, date.day);
    if (!day) continue;
    const auto distance = std::abs(days_since_epoch(*day) - days_since_epoch(anchor));
    if (best && distance >= least) continue;
    best = day;
    least = distance;
  }
  return best;
}

/// A pile whose sure days lie further apart than this is about more than one turn of the year.
constexpr std::int64_t pile_days_max = 180;

/// A day near which all of the pile was written, if there is one.
std::optional<Instant> anchor_of(const std::vector<Instant>& days) {
  if (days.empty() || days_since_epoch(days.back()) - days_since_epoch(days.front()) > pile_days_max) return {};
  return days[days.size() / 2];
}

Written from_article(const Article& article, const facts::ArticleFacts& facts,
                     const std::optional<Instant>& anchor_of_pile) {
  Written written;
  const GivenDate* given = article.finest_given_date();
  if (facts.dateline && facts.dateline->date) {
    const Instant date = facts.dateline->date->value;
    const auto words = article.words_at(facts.dateline->span);
    if (facts.dateline->date->has_year) {
      written.date = date;
      written.basis = "dateline";
      written.because = fmt::format("dateline \"{}\"", words);
    } else if (date.precision == Precision::day) {
      const bool is_dated = given != nullptr && given->date.precision >= Precision::day;
      const auto anchor = is_dated ? std::optional(given->date) : anchor_of_pile;
      if (const auto day = anchor ? with_year_near(date, *anchor) : std::nullopt) {
        written.date = day;
        written.basis = "dateline";
        written.because = fmt::format("dateline \"{}\"; the year from {}", words,
                                      is_dated ? given->where : "the other dates of the pile");
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
  const auto anchor = anchor_of(sure_days(articles, facts));
  std::vector<Written> written;
  written.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i)
    written.push_back(from_article(articles[i], facts.articles[i], anchor));

  for (const Dispatch& dispatch : dispatches) {
    const Member* from = lender(dispatch, written);
    if (from == nullptr) continue;
    for (const Member& member : dispatch.members) {
      Written& open = written[member.article];
      if (!is_whole_printing(member) || open.basis == "dateline") continue;
      const auto& lent_by = written[from->article].date;
      if (!lent_by) continue;
      const Instant lent = *lent_by;
      // A publication date that agrees says no less than the dateline; one that is coarser or absent is filled.
      if (open.date && (open.date->precision >= lent.precision || !agree(*open.date, lent))) continue;
      open.date = lent;
      open.basis = "inferred";
      open.because = fmt::format("{} prints the same dispatch with its dateline", articles[from->article].id);
    }
  }
  return written;
}

}  // namespace depesche::lineage
