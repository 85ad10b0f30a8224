// Ten articles that tell of the fall of a town are one line of the timeline, with ten passages to stand on.
//
// Two tellings are one event where they are of one kind, their dates agree ("2024-11" and "2024-11-29" do), nothing tells them apart (other
// places, one denied) and they share a place or an actor. Finer dates are looked at first, so that "in November" joins the day and not the
// other way round. What is left apart by mistake is told twice; what is joined by mistake is a wrong fact, so in doubt it is left apart.
#include "situation/timeline.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/ids.h"

namespace depesche::situation {
namespace {

using facts::Modality;

/// Names in a summary; of more it says "and others".
constexpr std::size_t names_shown = 3;

/// An event with its date, before it is folded.
struct Dated {
  Telling telling;
  Instant date;
  std::string because;
};

/// The date a time expression names. Nothing where it names a week, a season or a decade, of which a day or year would be a guess.
std::optional<Instant> date_of(const facts::Timex& time) {
  if (!time.begin || !time.mod.empty()) return {};
  const auto date = cut_to(*time.begin, std::min(time.begin->precision, Precision::day));
  const auto written = iso(date);
  const bool is_that = time.value == written || time.value.starts_with(written + "T");
  return is_that ? std::optional(date) : std::nullopt;
}

class Folder {
 public:
  Folder(std::span<const Article> articles, const facts::Facts& facts, std::span<const std::vector<facts::Timex>> times,
         std::span<const std::vector<facts::Event>> events, std::span<const std::optional<Instant>> made,
         const lineage::Lineage& lineage)
      : articles_(articles), facts_(facts), times_(times), events_(events), made_(made) {
    for (const auto& dispatch : lineage.dispatches) {
      for (const auto& member : dispatch.members) {
        for (const BlockIndex block : member.blocks) dispatches_[{member.article, block}].push_back(dispatch.id);
      }
    }
  }

  std::vector<TimelineItem> run() {
    auto all = dated_events();
    std::stable_sort(all.begin(), all.end(), [&](const Dated& x, const Dated& y) {
      return std::tuple(y.date.precision, x.date, count_of_names(y)) <
             std::tuple(x.date.precision, y.date, count_of_names(x));
    });
    for (const Dated& dated : all) {
      const auto item = std::find_if(items_.begin(), items_.end(), [&](const auto& i) { return is_same(i, dated); });
      if (item == items_.end()) {
        start(dated);
      } else {
        join(*item, dated);
      }
    }
    for (auto& item : items_) finish(item);
    std::stable_sort(items_.begin(), items_.end(), [](const TimelineItem& x, const TimelineItem& y) {
      return std::tuple(x.date, x.tellings[0]) < std::tuple(y.date, y.tellings[0]);
    });
    return std::move(items_);
  }

 private:
  std::vector<Dated> dated_events() const {
    std::vector<Dated> all;
    for (ArticleIndex a = 0; a < events_.size(); ++a) {
      for (std::uint32_t e = 0; e < events_[a].size(); ++e) {
        const auto& event = events_[a][e];
        if (!event.kind->is_news || event.modality == Modality::conditional) continue;
        if (!event.time || (!names_somebody(event) && !event.place)) continue;
        const auto& time = times_[a][*event.time];
        if (const auto date = date_of(time))
          all.push_back({{a, e}, *date, std::string(articles_[a].words_at(time.span))});
      }
    }
    return all;
  }

  const facts::Event& event_of(const Telling& telling) const { return events_[telling.article][telling.event]; }
  static bool names_somebody(const facts::Event& event) { return !event.actors.empty() || !event.recipients.empty(); }
  std::size_t count_of_names(const Dated& dated) const {
    const auto& event = event_of(dated.telling);
    return event.actors.size() + event.recipients.size() + (event.place ? 1 : 0);
  }

  Modality modality_of(const Dated& dated) const {
    const auto& event = event_of(dated.telling);
    const auto& made = made_[dated.telling.article];
    const bool is_to_come = made && dated.date.precision == Precision::day && made->precision >= Precision::day &&
                            days_since_epoch(dated.date) > days_since_epoch(*made);
    return is_to_come ? Modality::planned : event.modality;
  }

  bool is_same(const TimelineItem& item, const Dated& dated) const {
    const auto& event = event_of(dated.telling);
    if (item.kind->name != event.kind->name || !agree(item.date, dated.date)) return false;
    const auto is_fact = [](Modality m) { return m == Modality::asserted || m == Modality::reported; };
    const auto modality = modality_of(dated);
    if (item.modality != modality && !(is_fact(item.modality) && is_fact(modality))) return false;
    if (item.place && event.place && !may_be_one(*item.place, *event.place)) return false;
    const auto share = [](const auto& x, const auto& y) {
      return std::any_of(x.begin(), x.end(), [&](auto a) { return std::find(y.begin(), y.end(), a) != y.end(); });
    };
    // Two attacks in one town on one day, told with two attackers or with two sets of victims, are two.
    const auto are_others = [&](const auto& x, const auto& y) { return !x.empty() && !y.empty() && !share(x, y); };
    if (!item.kind->is_mutual && are_others(item.recipients, event.recipients)) return false;
    const bool has_same_place = item.place && item.place == event.place;
    const bool has_same_actor = share(item.actors, event.actors) || share(item.recipients, event.recipients) ||
                                (item.kind->is_mutual && share(item.actors, event.recipients));
    if (item.kind->is_mutual && !item.actors.empty() && names_somebody(event) && !has_same_actor) return false;
    // Talks of one with two others are two.
    if (item.kind->is_mutual && !item.recipients.empty() && !event.recipients.empty() &&
        !share(item.recipients, event.recipients) && !share(item.actors, event.recipients))
      return false;
    return has_same_place || has_same_actor;
  }

  /// The same place, or a country and a place in it.
  bool may_be_one(std::uint32_t x, std::uint32_t y) const {
    const auto& a = facts_.places[x];
    const auto& b = facts_.places[y];
    const bool has_country = a.kind == facts::PlaceKind::country || b.kind == facts::PlaceKind::country;
    return x == y || (has_country && !a.country.empty() && a.country == b.country);
  }

  void start(const Dated& dated) {
    TimelineItem item;
    item.date = dated.date;
    item.because = dated.because;
    item.kind = event_of(dated.telling).kind;
    item.modality = modality_of(dated);
    items_.push_back(std::move(item));
    join(items_.back(), dated);
  }

  void join(TimelineItem& item, const Dated& dated) const {
    const auto& event = event_of(dated.telling);
    const auto add = [](std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& more) {
      for (const auto one : more) {
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
      }
    };
    item.tellings.push_back(dated.telling);
    add(item.actors, event.actors);
    add(item.recipients, event.recipients);
    const bool is_finer = item.place && event.place && facts_.places[*item.place].kind == facts::PlaceKind::country;
    if (!item.place || is_finer) item.place = event.place;
    if (!item.control) item.control = event.control;
    if (modality_of(dated) == Modality::asserted) item.modality = Modality::asserted;
  }

  std::string summary_of(const TimelineItem& item) const {
    const auto names = [&](const std::vector<std::uint32_t>& actors) {
      std::string out;
      for (std::size_t i = 0; i < actors.size() && i < names_shown; ++i)
        out += (i == 0 ? "" : i + 1 == actors.size() ? " and " : ", ") + facts_.actors[actors[i]].name;
      return actors.size() > names_shown ? out + " and others" : out;
    };
    std::string words = item.kind->name;
    std::replace(words.begin(), words.end(), '_', ' ');
    auto out = item.actors.empty() ? words : names(item.actors) + ": " + words;
    if (!item.recipients.empty()) out += (item.kind->is_mutual ? " with " : ", to ") + names(item.recipients);
    if (item.place) out += " (" + facts_.places[*item.place].name + ")";
    return out;
  }

  void finish(TimelineItem& item) const {
    item.summary = summary_of(item);
    std::sort(item.tellings.begin() + 1, item.tellings.end());
    std::set<std::string> dispatches;
    for (const Telling& telling : item.tellings) {
      const auto found = dispatches_.find({telling.article, event_of(telling).block});
      if (found != dispatches_.end()) dispatches.insert(found->second.begin(), found->second.end());
    }
    item.dispatches.assign(dispatches.begin(), dispatches.end());
    const auto& first = item.tellings[0];
    item.id = content_id("t", articles_[first.article].id + " " + std::to_string(event_of(first).trigger.begin) + " " +
                                  item.kind->name + " " + iso(item.date));
  }

  std::span<const Article> articles_;
  const facts::Facts& facts_;
  std::span<const std::vector<facts::Timex>> times_;
  std::span<const std::vector<facts::Event>> events_;
  std::span<const std::optional<Instant>> made_;
  std::map<std::pair<ArticleIndex, BlockIndex>, std::vector<std::string>> dispatches_;
  std::vector<TimelineItem> items_;
};

}  // namespace

std::vector<TimelineItem> timeline_of(std::span<const Article> articles, const facts::Facts& facts,
                                      std::span<const std::vector<facts::Timex>> times,
                                      std::span<const std::vector<facts::Event>> events,
                                      std::span<const std::optional<Instant>> made, const lineage::Lineage& lineage) {
  return Folder(articles, facts, times, events, made, lineage).run();
}

}  // namespace depesche::situation
