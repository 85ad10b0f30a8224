// "On Wednesday the rebels launched an offensive", says a page without a date. Another, that has one, says that they launched it on
// 27 November, which was a Wednesday. So the page was made in the week from that day on; and as it says that a ministry spoke "on
// Saturday", and who reports what was said reports it on the same day or the next, it was made on the Saturday.
//
// Every day of the two weeks behind a shared event is tried as the page's own: its times are read anew as from that day. A day is
// possible where all shared events that it can compare fall on the days of the others. Of the possible days the one with the freshest
// speech is taken; of equals the first. Where no speech has a day, the first day that the article names stands for it, as a lede
// says when its news was.
#include "situation/undated.h"

#include <algorithm>
#include <map>

#include "facts/timex.h"

namespace depesche::situation {
namespace {

constexpr std::int64_t days_tried = 14;
/// Speech older than this is no news, and tells nothing of the day on which it was reported.
constexpr std::int64_t speech_age_days_max = 2;

using facts::Event;
using facts::Timex;

std::optional<std::int64_t> day_of_time(const Timex& time) {
  if (!time.begin || time.begin->precision < Precision::day) return {};
  return days_since_epoch(*time.begin);
}

/// Whether a time names a week: "last week" is seven days.
bool is_week(const Timex& time) { return time.value.size() == 8 && time.value[5] == 'W'; }

class Inferrer {
 public:
  Inferrer(std::span<const Article> articles, std::span<const text::Text> texts, const facts::Facts& facts,
           std::span<const std::vector<Timex>> times, std::span<const std::vector<Event>> events,
           std::span<const std::optional<Instant>> made, const knowledge::Knowledge& knowledge)
      : articles_(articles),
        texts_(texts),
        facts_(facts),
        times_(times),
        events_(events),
        made_(made),
        finder_(knowledge) {
    for (ArticleIndex a = 0; a < events.size(); ++a) {
      for (const Event& event : events[a]) {
        if (!event.time) continue;
        const auto day = day_of_time(times[a][*event.time]);
        if (day) dated_[family_of(event)].push_back({&event, *day});
      }
    }
  }

  std::vector<InferredDay> run() {
    std::vector<InferredDay> out;
    for (ArticleIndex a = 0; a < articles_.size(); ++a) {
      if (made_[a] && made_[a]->precision >= Precision::day) continue;
      if (const auto day = day_of_article(a)) out.push_back({a, day_from_epoch(*day)});
    }
    return out;
  }

 private:
  struct Dated {
    const Event* event;
    std::int64_t day;
  };

  /// An attack, an assault and an offensive are words for one thing.
  static std::string_view family_of(const Event& event) {
    const auto& name = event.kind->name;
    return name == "attack" ? std::string_view("offensive") : std::string_view(name);
  }

  static bool share_somebody(const Event& x, const Event& y) {
    const auto shares = [](const auto& a, const auto& b) {
      return std::any_of(a.begin(), a.end(), [&](auto one) { return std::find(b.begin(), b.end(), one) != b.end(); });
    };
    return shares(x.actors, y.actors) || (x.place && x.place == y.place && x.kind->control.has_value());
  }

  /// Pairs of a time of the article and the day on which others say that it was.
  std::vector<std::pair<std::uint32_t, std::int64_t>> shared_by(ArticleIndex a) const {
    std::vector<std::pair<std::uint32_t, std::int64_t>> shared;
    for (const Event& event : events_[a]) {
      // Times that an undated article leaves open have no day yet.
      if (!event.time || !times_[a][*event.time].value.starts_with("XXXX-W")) continue;
      const auto family = dated_.find(family_of(event));
      if (family == dated_.end()) continue;
      for (const Dated& other : family->second) {
        if (share_somebody(event, *other.event)) shared.emplace_back(*event.time, other.day);
      }
    }
    return shared;
  }

  std::optional<std::int64_t> day_of_article(ArticleIndex a) const {
    const auto shared = shared_by(a);
    if (shared.empty()) return {};
    std::optional<std::int64_t> best;
    std::int64_t best_age = speech_age_days_max + 1;
    const auto first =
        std::min_element(shared.begin(), shared.end(), [](auto& x, auto& y) { return x.second < y.second; });
    for (auto day = first->second; day <= first->second + days_tried; ++day) {
      const auto candidate = day_from_epoch(day);
      if (made_[a] && !agree(*made_[a], candidate)) continue;
      const auto times = finder_.find(articles_[a], texts_[a], candidate);
      if (times.size() != times_[a].size() || !is_possible(times, shared, day)) continue;
      const auto age = age_of_speech(a, times, day);
      if (!age || *age >= best_age) continue;
      best = day;
      best_age = *age;
    }
    return best;
  }

  static bool is_possible(const std::vector<Timex>& times,
                          const std::vector<std::pair<std::uint32_t, std::int64_t>>& shared, std::int64_t day) {
    bool has_any = false;
    for (const auto& [time, there] : shared) {
      if (there > day) continue;
      const auto here = times[time].begin ? std::optional(days_since_epoch(cut_to(*times[time].begin, Precision::day)))
                                          : std::nullopt;
      if (!here || times[time].begin->precision < Precision::day) continue;
      const auto length = is_week(times[time]) ? 7 : 1;
      if (there < *here || there >= *here + length) return false;
      has_any = true;
    }
    return has_any;
  }

  /// How many days before it was made the freshest speech was spoken: of times in sentences that report speech, outside what was said.
  std::optional<std::int64_t> age_of_speech(ArticleIndex a, const std::vector<Timex>& times, std::int64_t day) const {
    std::optional<std::int64_t> age;
    for (const auto& statement : facts_.articles[a].statements) {
      for (const Timex& time : times) {
        if (!statement.sentence.contains(time.span) || is_week(time)) continue;
        const bool is_inside = std::any_of(statement.content.begin(), statement.content.end(),
                                           [&](Span part) { return part.contains(time.span); });
        const auto spoken = day_of_time(time);
        if (is_inside || !spoken || *spoken > day) continue;
        if (!age || day - *spoken < *age) age = day - *spoken;
      }
    }
    // The lede of news says its day.
    for (const Timex& time : times) {
      const auto told = day_of_time(time);
      if (age || !told || is_week(time)) continue;
      if (*told <= day) age = day - *told;
      break;
    }
    return age;
  }

  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  const facts::Facts& facts_;
  std::span<const std::vector<Timex>> times_;
  std::span<const std::vector<Event>> events_;
  std::span<const std::optional<Instant>> made_;
  facts::TimexFinder finder_;
  std::map<std::string_view, std::vector<Dated>> dated_;
};

}  // namespace

std::vector<InferredDay> infer_days(std::span<const Article> articles, std::span<const text::Text> texts,
                                    const facts::Facts& facts, std::span<const std::vector<Timex>> times,
                                    std::span<const std::vector<Event>> events,
                                    std::span<const std::optional<Instant>> made,
                                    const knowledge::Knowledge& knowledge) {
  return Inferrer(articles, texts, facts, times, events, made, knowledge).run();
}

}  // namespace depesche::situation
