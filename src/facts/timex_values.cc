// What an expression leaves open is completed from when the text was made.
//
//   "am 14. Jänner"       in a text of 2009-12-17   2010-01-14   the year that brings it nearest
//   "mercredi"            in a text of 2024-11-29   2024-11-27   the last one up to that day, for news tells what was;
//   "… wird am Mittwoch"  in a text of 2024-11-29   2024-12-04   unless the sentence looks ahead
//   "last fall"           in a text of 1999-04-10   1998-FA
//   "0 h 30"              behind "jeudi"            the day last told of
//
// What the text itself says of the direction ("vergangenen Montag", "prochain") goes before all of these.
#include "facts/timex_values.h"

#include <fmt/format.h>
#include <unicode/calendar.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <span>

namespace depesche::facts {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> slot_names = {
    "year",          "month",      "day",    "weekday",  "hour",    "minute", "half_day", "part",
    "season",        "quarter",    "half",   "decade",   "century", "easter", "advent",   "islamic_month",
    "persian_month", "nth",        "number", "number_2", "unit",    "unit_2", "times",    "direction",
    "week_shift",    "year_shift", "mod",    "quant",    "freq",    "ref"};

constexpr std::array<std::string_view, 12> unit_names = {"second",  "minute", "hour",   "day",     "week",    "month",
                                                         "quarter", "year",   "decade", "century", "weekend", "night"};
/// … and how TIMEX3 writes them behind a number.
constexpr std::array<std::string_view, 12> unit_letters = {"S", "M", "H",  "D",  "W",  "M",
                                                           "Q", "Y", "DE", "CE", "WE", "NI"};
constexpr std::array<std::string_view, 7> part_names = {"MO", "MI", "AF", "EV", "NI", "DT", "PM"};
constexpr std::array<std::string_view, 4> season_names = {"SP", "SU", "FA", "WI"};
constexpr std::array<std::string_view, 6> mod_names = {"START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN"};
constexpr std::array<std::string_view, 1> quant_names = {"EVERY"};
constexpr std::array<std::string_view, 3> ref_names = {"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
/// The middle of a season, as a month.
constexpr std::array<int, 4> season_months = {4, 7, 10, 1};

std::span<const std::string_view> names_of(Slot slot) {
  switch (slot) {
    case Slot::unit:
    case Slot::unit_2: return unit_names;
    case Slot::part: return part_names;
    case Slot::season: return season_names;
    case Slot::mod: return mod_names;
    case Slot::quant: return quant_names;
    case Slot::ref: return ref_names;
    default: return {};
  }
}

std::string_view name_in(std::span<const std::string_view> names, const Slots& slots, Slot slot) {
  return slots.has(slot) ? names[static_cast<std::size_t>(slots.whole(slot))] : std::string_view();
}

Unit unit_in(const Slots& slots, Slot slot = Slot::unit) { return static_cast<Unit>(slots.whole(slot)); }

/// "1.5", "20", "X"
std::string written(double number) { return number == unknown_number ? "X" : fmt::format("{:.15g}", number); }

// -- the calendar

Instant moved_by_days(const Instant& day, std::int64_t days) { return day_from_epoch(days_since_epoch(day) + days); }

int days_in_month(int year, int month) {
  for (int day = 31;; --day) {
    if (day_of(year, month, day)) return day;
  }
}

/// By months, to the last day where the month is too short.
Instant moved_by_months(const Instant& day, int months) {
  const int all = day.year * 12 + day.month - 1 + months;
  const int year = all / 12;
  const int month = all % 12 + 1;
  return *day_of(year, month, std::min<int>(day.day, days_in_month(year, month)));
}

/// The Monday of a day's week.
Instant monday_of(const Instant& day) { return moved_by_days(day, 1 - static_cast<int>(weekday_of(day))); }

struct Week {
  int year;
  int number;
};

/// After ISO 8601: the week of the year that its Thursday lies in.
Week week_of(const Instant& day) {
  const Instant thursday = moved_by_days(monday_of(day), 3);
  const auto days = days_since_epoch(thursday) - days_since_epoch(*day_of(thursday.year, 1, 1));
  return {thursday.year, static_cast<int>(days / 7) + 1};
}

/// After Oudin (1940), for the Gregorian calendar.
Instant easter_sunday(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
  const int moon = epact - epact / 28 * (1 - epact / 28 * (29 / (epact + 1)) * ((21 - golden) / 11));
  const int sunday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
  const int offset = moon - sunday;
  const int month = 3 + (offset + 40) / 44;
  return *day_of(year, month, offset + 28 - 31 * (month / 4));
}

Instant fourth_advent(int year) {
  const Instant eve = *day_of(year, 12, 24);
  return moved_by_days(eve, -(static_cast<int>(weekday_of(eve)) % 7));
}

/// The nth such weekday of a month; the last for -1.
std::optional<Instant> nth_weekday(int year, int month, int weekday, int nth) {
  if (nth < 0) {
    const Instant last = *day_of(year, month, days_in_month(year, month));
    return moved_by_days(last, -((static_cast<int>(weekday_of(last)) - weekday + 7) % 7));
  }
  const Instant first = *day_of(year, month, 1);
  const Instant day = moved_by_days(first, (weekday - static_cast<int>(weekday_of(first)) + 7) % 7 + 7 * (nth - 1));
  return day.month == month ? std::optional(day) : std::nullopt;
}

constexpr double milliseconds_a_day = 86'400'000;

/// A day of a calendar of ICU's as one of ours.
std::optional<Instant> day_of_calendar(const char* calendar, int year, int month, int day) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> dates(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), icu::Locale::createFromName(calendar), status));
  if (U_FAILURE(status)) return {};
  dates->setLenient(false);
  dates->clear();
  dates->set(UCAL_EXTENDED_YEAR, year);
  dates->set(UCAL_MONTH, month - 1);
  dates->set(UCAL_DATE, day);
  const double time = dates->getTime(status);
  if (U_FAILURE(status)) return {};
  return day_from_epoch(static_cast<std::int64_t>(std::floor(time / milliseconds_a_day)));
}

// -- dates

class Resolver {
 public:
  Resolver(const Slots& slots, const TimeContext& context) : slots_(slots), context_(context) {}

  /// A day, month, season …, with the time of day that the slots name.
  std::optional<Timex> date() {
    Timex out;
    const bool has_time = slots_.has(Slot::hour) || slots_.has(Slot::part);
    const bool is_past_midnight =
        slots_.has(Slot::hour) && slots_.whole(Slot::hour) == 24 && slots_.get(Slot::minute) > 0;
    if (is_past_midnight && slots_.has(Slot::minute)) return {};
    if (!name_day(out) && !(has_time && name_day_of_context(out))) {
      if (!has_time) return {};
    }
    if (has_time) add_time(out);
    return out;
  }

  std::optional<Timex> shifted_from(const std::optional<Instant>& from) {
    if (!slots_.has(Slot::unit)) return {};
    const int direction = slots_.has(Slot::direction) ? slots_.whole(Slot::direction) : 0;
    const double number = slots_.has(Slot::number) ? slots_.get(Slot::number) : 1;
    if (number == unknown_number) return reference(direction < 0 ? "PAST_REF" : "FUTURE_REF");
    const double units = number * (slots_.has(Slot::times) ? slots_.get(Slot::times) : 1);
    if (!from) return unresolved_shift();
    Timex out;
    if (unit_in(slots_) == Unit::weekend && direction == 0) return nearest_weekend(*from);
    if (!name_shifted(*from, units * static_cast<double>(direction), out)) return {};
    if (slots_.has(Slot::part) || slots_.has(Slot::hour)) add_time(out);
    return out;
  }

  std::optional<Timex> same_quarter(const Quarter& quarter) const {
    Timex out;
    const int year = quarter.year + (slots_.has(Slot::direction) ? slots_.whole(Slot::direction) : 0);
    out.value = fmt::format("{:04}-Q{}", year, quarter.number);
    out.begin = cut_to(*day_of(year, 3 * quarter.number - 2, 1), Precision::month);
    return out;
  }

  /// Nothing for more than any clock counts.
  std::optional<Timex> duration() const {
    Timex out;
    for (const Slot slot : {Slot::number, Slot::number_2}) {
      if (slots_.has(slot) && std::abs(slots_.get(slot)) > number_max) return {};
    }
    out.value = length(slots_.has(Slot::number) ? slots_.get(Slot::number) : 1, unit_in(slots_), false);
    if (slots_.has(Slot::number_2) || slots_.has(Slot::unit_2)) {
      const double number = slots_.has(Slot::number_2) ? slots_.get(Slot::number_2) : 1;
      const auto second =
          slots_.has(Slot::unit_2) ? length(number, unit_in(slots_, Slot::unit_2), true) : std::string();
      const bool has_mark = out.value.find('T') != std::string::npos;
      const bool is_first_of_clock = has_mark && !second.starts_with('T');
      if (is_first_of_clock) return set_in_order(second, out.value);
      out.value += has_mark ? second.substr(1) : second;
    }
    return out;
  }
  static constexpr double number_max = 1e12;

  /// "Two hours and three days": days before the T.
  static Timex set_in_order(const std::string& days, const std::string& clock) {
    Timex out;
    out.value = "P" + days + clock.substr(1);
    return out;
  }

  Timex set() const {
    Timex out;
    if (slots_.has(Slot::weekday)) {
      out.value = fmt::format("XXXX-WXX-{}", slots_.whole(Slot::weekday));
    } else if (slots_.has(Slot::month)) {
      out.value = fmt::format("XXXX-{:02}", slots_.whole(Slot::month));
      if (slots_.has(Slot::day)) out.value += fmt::format("-{:02}", slots_.whole(Slot::day));
    } else if (slots_.has(Slot::season)) {
      out.value = fmt::format("XXXX-{}", name_in(season_names, slots_, Slot::season));
    } else if (slots_.has(Slot::unit)) {
      out.value = length(slots_.has(Slot::number) ? slots_.get(Slot::number) : 1, unit_in(slots_), false);
      if (unit_in(slots_) == Unit::weekend) out.value = "XXXX-WXX-WE";
    } else {
      out.value = "XXXX-XX-XX";
    }
    if (slots_.has(Slot::part)) out.value += fmt::format("T{}", name_in(part_names, slots_, Slot::part));
    if (slots_.has(Slot::hour))
      out.value += fmt::format("T{:02}:{:02}", hour(), slots_.has(Slot::minute) ? slots_.whole(Slot::minute) : 0);
    return out;
  }

  static Timex reference(std::string_view value) {
    Timex out;
    out.value = value;
    return out;
  }

 private:
  std::string length(double number, Unit unit, bool is_second) const {
    const double times =
        slots_.has(Slot::times) && !is_second && number != unknown_number ? slots_.get(Slot::times) : 1;
    const bool is_clock = unit <= Unit::hour;
    return fmt::format("{}{}{}{}", is_second ? "" : "P", is_clock ? "T" : "", written(number * times),
                       unit_letters[static_cast<std::size_t>(unit)]);
  }

  static void name(Timex& out, const Instant& instant) {
    out.begin = instant;
    out.value = iso(instant);
  }

  // -- what the slots name

  bool name_day(Timex& out) {
    if (slots_.has(Slot::easter) || slots_.has(Slot::advent) || slots_.has(Slot::nth)) return name_feast(out);
    if (slots_.has(Slot::islamic_month) || slots_.has(Slot::persian_month)) return name_day_of_other_calendar(out);
    if (slots_.has(Slot::month)) return name_month_or_day(out);
    if (slots_.has(Slot::day)) return name_day_alone(out);
    if (slots_.has(Slot::weekday)) return name_weekday(out);
    if (slots_.has(Slot::season) || slots_.has(Slot::quarter) || slots_.has(Slot::half)) return name_part_of_year(out);
    if (slots_.has(Slot::year)) {
      const int year = slots_.whole(Slot::year);
      out.value = fmt::format("{:04}", year);
      out.begin = Instant{.year = static_cast<std::int16_t>(year)};
      return true;
    }
    if (slots_.has(Slot::decade)) return name_decade(out);
    if (slots_.has(Slot::century)) {
      out.value = fmt::format("{:02}", slots_.whole(Slot::century) - 1);
      return true;
    }
    return false;
  }

  /// The year that brings `day_in(year)` nearest to the reference, or on the side of it that the text names.
  template <class DayIn>
  std::optional<int> year_for(const DayIn& day_in) const {
    if (slots_.has(Slot::year)) return slots_.whole(Slot::year);
    if (!context_.reference) return {};
    if (slots_.has(Slot::year_shift)) return context_.reference->year + slots_.whole(Slot::year_shift);
    const Instant& reference = *context_.reference;
    const auto now = days_since_epoch(reference);
    std::optional<int> best;
    std::int64_t best_distance = 0;
    // Four years, for the sake of 29 February.
    for (int year = reference.year - 4; year <= reference.year + 4; ++year) {
      const std::optional<Instant> day = day_in(year);
      if (!day) continue;
      const auto away = days_since_epoch(*day) - now;
      if (is_against_direction(away)) continue;
      const auto distance = std::abs(away);
      if (!best || distance < best_distance) {
        best = year;
        best_distance = distance;
      }
    }
    return best;
  }

  /// Whether a day that lies so many days behind the reference is on the wrong side of it.
  bool is_against_direction(std::int64_t away) const {
    if (slots_.has(Slot::direction)) {
      const int direction = slots_.whole(Slot::direction);
      return (direction < 0 && away >= 0) || (direction > 0 && away <= 0);
    }
    // A tense alone moves a date by no year that lies within two months of the reference.
    if (context_.tense == Tense::past) return away > days_of_doubt;
    if (context_.tense == Tense::future) return away < -days_of_doubt;
    return false;
  }
  static constexpr std::int64_t days_of_doubt = 62;

  bool name_month_or_day(Timex& out) const {
    const int month = slots_.whole(Slot::month);
    const bool has_day = slots_.has(Slot::day);
    const int day = has_day ? slots_.whole(Slot::day) : 15;
    if (slots_.has(Slot::direction) && slots_.whole(Slot::direction) == 0 && context_.reference &&
        !slots_.has(Slot::year)) {
      // "this September"
      return name_in_year(out, context_.reference->year, month, has_day ? day : 0);
    }
    const auto year = year_for([&](int y) { return day_of(y, month, day); });
    if (!year) {
      // A leap year, so that 29 February is a day.
      if (context_.reference || (has_day && !day_of(2000, month, day))) return false;
      out.value = has_day ? fmt::format("XXXX-{:02}-{:02}", month, day) : fmt::format("XXXX-{:02}", month);
      return true;
    }
    return name_in_year(out, *year, month, has_day ? day : 0);
  }

  static bool name_in_year(Timex& out, int year, int month, int day) {
    const auto date = day_of(year, month, day > 0 ? day : 1);
    if (!date) return false;
    name(out, day > 0 ? *date : cut_to(*date, Precision::month));
    return true;
  }

  /// "le 15", "am 23.": in the month last told of or in that of the reference, whichever is nearer.
  bool name_day_alone(Timex& out) const {
    const auto& from = context_.last ? context_.last : context_.reference;
    const int day = slots_.whole(Slot::day);
    if (!from) {
      out.value = fmt::format("XXXX-XX-{:02}", day);
      return true;
    }
    std::optional<Instant> best;
    std::int64_t best_distance = 0;
    for (int months = -1; months <= 1; ++months) {
      const Instant in = moved_by_months(*day_of(from->year, from->month, 1), months);
      const auto date = day_of(in.year, in.month, day);
      if (!date) continue;
      const auto distance = std::abs(days_since_epoch(*date) - days_since_epoch(*from));
      if (!best || distance < best_distance) {
        best = date;
        best_distance = distance;
      }
    }
    if (best) name(out, *best);
    return best.has_value();
  }

  bool name_weekday(Timex& out) const {
    const int weekday = slots_.whole(Slot::weekday);
    if (!context_.reference) {
      out.value = fmt::format("XXXX-WXX-{}", weekday);
      return true;
    }
    const Instant& now = *context_.reference;
    if (slots_.has(Slot::week_shift)) {
      name(out, moved_by_days(monday_of(now), 7 * slots_.whole(Slot::week_shift) + weekday - 1));
      return true;
    }
    // Days back to the last one, today included.
    const int back = (static_cast<int>(weekday_of(now)) - weekday + 7) % 7;
    const int ahead = (7 - back) % 7;
    int move = -back;
    if (slots_.has(Slot::direction)) {
      const int direction = slots_.whole(Slot::direction);
      if (direction < 0) move = back == 0 ? -7 : -back;
      if (direction > 0) move = ahead == 0 ? 7 : ahead;
      if (direction == 0) move = ahead <= back || context_.tense == Tense::future ? ahead : -back;
    } else if (context_.tense == Tense::future) {
      move = ahead;
    }
    name(out, moved_by_days(now, move));
    return true;
  }

  bool name_part_of_year(Timex& out) const {
    std::string what;
    int month = 0;
    if (slots_.has(Slot::season)) {
      what = name_in(season_names, slots_, Slot::season);
      month = season_months[static_cast<std::size_t>(slots_.whole(Slot::season))];
    } else if (slots_.has(Slot::quarter)) {
      what = fmt::format("Q{}", slots_.whole(Slot::quarter));
      month = slots_.whole(Slot::quarter) * 3 - 1;
    } else {
      what = fmt::format("H{}", slots_.whole(Slot::half));
      month = slots_.whole(Slot::half) * 6 - 3;
    }
    std::optional<int> year;
    const bool is_this = slots_.has(Slot::direction) && slots_.whole(Slot::direction) == 0 && !slots_.has(Slot::season);
    const bool is_open = !slots_.has(Slot::direction) && !slots_.has(Slot::year) && !slots_.has(Slot::year_shift);
    if (is_this && context_.reference) {
      year = context_.reference->year;
    } else if (is_open && slots_.has(Slot::quarter) && context_.reference) {
      // Of a quarter that has begun news tells how it went.
      const bool has_begun = slots_.whole(Slot::quarter) <= (context_.reference->month + 2) / 3;
      year = context_.reference->year - (has_begun || context_.tense == Tense::future ? 0 : 1);
    } else {
      year = year_for([&](int y) { return day_of(y, month, 15); });
    }
    out.value = year ? fmt::format("{:04}-{}", *year, what) : fmt::format("XXXX-{}", what);
    if (year && slots_.has(Slot::season)) out.begin = Instant{.year = static_cast<std::int16_t>(*year)};
    // The first month of a quarter or a half.
    const int first = slots_.has(Slot::quarter) ? 3 * slots_.whole(Slot::quarter) - 2
                      : slots_.has(Slot::half)  ? 6 * slots_.whole(Slot::half) - 5
                                                : 0;
    if (year && first > 0) out.begin = cut_to(*day_of(*year, first, 1), Precision::month);
    return true;
  }

  bool name_decade(Timex& out) const {
    int decade = slots_.whole(Slot::decade);
    // "the sixties": of the last century whose sixties are over or go on.
    if (decade < 1000) {
      const int now = context_.reference ? context_.reference->year : 2000;
      const int century = now / 100 * 100;
      const int over = decade < 30 ? 10 : 0;  // "the twenties" are those that are over
      decade += century + decade + over <= now ? century : century - 100;
    }
    if (decade < 0) return false;
    out.value = fmt::format("{:03}", decade / 10);
    if (decade >= 10) out.begin = Instant{.year = static_cast<std::int16_t>(decade / 10 * 10)};
    return true;
  }

  bool name_feast(Timex& out) const {
    const auto day_in = [&](int year) -> std::optional<Instant> {
      if (slots_.has(Slot::easter)) return moved_by_days(easter_sunday(year), slots_.whole(Slot::easter));
      if (slots_.has(Slot::advent)) return moved_by_days(fourth_advent(year), slots_.whole(Slot::advent));
      if (!slots_.has(Slot::month) || !slots_.has(Slot::weekday)) return {};
      return nth_weekday(year, slots_.whole(Slot::month), slots_.whole(Slot::weekday), slots_.whole(Slot::nth));
    };
    const auto year = year_for(day_in);
    const auto day = year ? day_in(*year) : std::nullopt;
    if (day) name(out, *day);
    if (!day) out.value = "XXXX-XX-XX";
    return true;
  }

  /// "Ramadan 2024" counts as we do.
  static constexpr int first_year_of_ours = 1700;

  bool name_day_of_other_calendar(Timex& out) const {
    const bool is_islamic = slots_.has(Slot::islamic_month);
    const char* calendar = is_islamic ? "en@calendar=islamic-umalqura" : "en@calendar=persian";
    const int month = slots_.whole(is_islamic ? Slot::islamic_month : Slot::persian_month);
    const int day = slots_.has(Slot::day) ? slots_.whole(Slot::day) : 1;
    std::optional<Instant> best;
    const bool has_own_year = slots_.has(Slot::year) && slots_.whole(Slot::year) < first_year_of_ours;
    if (has_own_year) {
      best = day_of_calendar(calendar, slots_.whole(Slot::year), month, day);
    } else if (context_.reference || slots_.has(Slot::year)) {
      // Of the years that begin near the reference, or in the year that is named after our count, the one that brings the day nearest.
      const Instant near = slots_.has(Slot::year) ? *day_of(slots_.whole(Slot::year), 7, 1) : *context_.reference;
      const int year = near.year;
      const int about = is_islamic ? (year - 622) * 33 / 32 : year - 621;
      for (int y = about - 1; y <= about + 1; ++y) {
        const auto candidate = day_of_calendar(calendar, y, month, day);
        const auto distance = [&](const Instant& x) { return std::abs(days_since_epoch(x) - days_since_epoch(near)); };
        if (candidate && (!best || distance(*candidate) < distance(*best))) best = candidate;
      }
    }
    if (!best) {
      out.value = "XXXX-XX-XX";
      return true;
    }
    if (slots_.has(Slot::day)) {
      name(out, *best);
    } else {
      // Such a month lies in two of ours.
      name(out, cut_to(*best, Precision::month));
      out.mod = "APPROX";
    }
    return true;
  }

  /// The day that a time of day without one belongs to.
  bool name_day_of_context(Timex& out) const {
    const auto& day = context_.last_near ? context_.last_near : context_.reference;
    if (day) name(out, *day);
    return day.has_value();
  }

  static constexpr int first_hour_of_night = 7;

  int hour() const {
    const int hour = slots_.whole(Slot::hour);
    if (hour > 12 || (!slots_.has(Slot::half_day) && !slots_.has(Slot::part))) return hour;
    if (slots_.has(Slot::half_day)) return hour % 12 + slots_.whole(Slot::half_day);
    // "4 in the afternoon", "8 Uhr abends"; what is said of the night after midnight is of the morning by the clock.
    const auto part = name_in(part_names, slots_, Slot::part);
    const bool is_late = part == "AF" || part == "EV" || (part == "NI" && hour >= first_hour_of_night);
    return hour % 12 + (is_late ? 12 : hour == 12 ? 12 : 0);
  }

  void add_time(Timex& out) const {
    if (slots_.has(Slot::hour)) {
      out.value += fmt::format("T{:02}:{:02}", hour(), slots_.has(Slot::minute) ? slots_.whole(Slot::minute) : 0);
    } else {
      out.value += fmt::format("T{}", name_in(part_names, slots_, Slot::part));
    }
  }

  // -- so many units away

  static constexpr double year_min = 2, year_max = 9998;

  static double years_of(Unit unit) {
    switch (unit) {
      case Unit::decade: return 10;
      case Unit::century: return 100;
      case Unit::year: return 1;
      case Unit::quarter: return 1.0 / 4;
      case Unit::month: return 1.0 / 12;
      case Unit::week:
      case Unit::weekend: return 1.0 / 52;
      default: return 1.0 / 365;
    }
  }

  Timex unresolved_shift() const {
    switch (unit_in(slots_)) {
      case Unit::year: return reference("XXXX");
      case Unit::month: return reference("XXXX-XX");
      case Unit::week: return reference("XXXX-WXX");
      default: return reference("XXXX-XX-XX");
    }
  }

  /// "am Wochenende": this one on its days, else the last one, unless the sentence looks ahead.
  std::optional<Timex> nearest_weekend(const Instant& from) const {
    const bool is_weekend = weekday_of(from) >= Weekday::saturday;
    Timex out;
    if (!name_shifted(from, is_weekend || context_.tense == Tense::future ? 0 : -1, out)) return {};
    return out;
  }

  bool name_shifted(const Instant& from, double units, Timex& out) const {
    // A text of 1998 that counts two million years back names no year of ours.
    const double year = static_cast<double>(from.year) + units * years_of(unit_in(slots_));
    if (!(year >= year_min && year <= year_max)) return false;
    const int whole = static_cast<int>(std::lround(units));
    switch (unit_in(slots_)) {
      case Unit::second:
      case Unit::minute:
      case Unit::hour:
      case Unit::day:
      case Unit::night: {
        const int days = unit_in(slots_) == Unit::day || unit_in(slots_) == Unit::night ? whole : 0;
        name(out, moved_by_days(from, days));
        if (unit_in(slots_) == Unit::night) out.value += "TNI";
        return true;
      }
      case Unit::week:
      case Unit::weekend: {
        const Instant monday = moved_by_days(monday_of(from), 7 * whole);
        const Week week = week_of(monday);
        const bool is_weekend = unit_in(slots_) == Unit::weekend;
        out.value = fmt::format("{:04}-W{:02}{}", week.year, week.number, is_weekend ? "-WE" : "");
        out.begin = is_weekend ? moved_by_days(monday, 5) : monday;
        return true;
      }
      case Unit::month:
        name(out, cut_to(moved_by_months(cut_to(from, Precision::day), static_cast<int>(std::lround(units))),
                         Precision::month));
        return true;
      case Unit::quarter: {
        const Instant moved = moved_by_months(from, 3 * whole);
        const int quarter = (moved.month + 2) / 3;
        out.value = fmt::format("{:04}-Q{}", moved.year, quarter);
        out.begin = cut_to(*day_of(moved.year, 3 * quarter - 2, 1), Precision::month);
        return true;
      }
      case Unit::year:
      case Unit::decade:
      case Unit::century: {
        const int scale = unit_in(slots_) == Unit::year ? 1 : unit_in(slots_) == Unit::decade ? 10 : 100;
        const int year =
            static_cast<int>(std::floor(static_cast<double>(from.year) + units * static_cast<double>(scale)));
        out.value = fmt::format("{:04}", year);
        if (scale > 1) out.value.resize(scale == 10 ? 3 : 2);
        out.begin = Instant{.year = static_cast<std::int16_t>(year)};
        return true;
      }
    }
    return false;
  }

  const Slots& slots_;
  const TimeContext& context_;
};

}  // namespace

void Slots::add(const Slots& other) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Slot::count); ++i) {
    const auto slot = static_cast<Slot>(i);
    if (!other.has(slot)) continue;
    if (slot == Slot::number && has(slot)) {
      set(Slot::number_2, other.get(slot));
    } else if (slot == Slot::unit && has(slot)) {
      set(Slot::unit_2, other.get(slot));
    } else {
      set(slot, other.get(slot));
    }
  }
}

void Slots::complete_from(const Slots& other) {
  // "14.30 to 17 h" is to 17 sharp.
  const bool is_sharp = has(Slot::hour) && !has(Slot::minute);
  for (std::size_t i = 0; i < static_cast<std::size_t>(Slot::count); ++i) {
    const auto slot = static_cast<Slot>(i);
    if (slot == Slot::minute && is_sharp) continue;
    if (other.has(slot) && !has(slot)) set(slot, other.get(slot));
  }
}

std::optional<std::pair<Slot, double>> parse_slot(std::string_view words) {
  const auto equals = words.find('=');
  if (equals == std::string_view::npos) return {};
  const auto name = std::find(slot_names.begin(), slot_names.end(), words.substr(0, equals));
  if (name == slot_names.end()) return {};
  const auto slot = static_cast<Slot>(name - slot_names.begin());
  const auto value = words.substr(equals + 1);
  if (const auto names = names_of(slot); !names.empty()) {
    const auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end()) return {};
    return std::pair(slot, static_cast<double>(found - names.begin()));
  }
  if (value == "X" && slot == Slot::number) return std::pair(slot, unknown_number);
  double number = 0;
  const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || stop != value.data() + value.size() || !std::isfinite(number)) return {};
  const auto is_within = [&](double least, double most) { return number >= least && number <= most; };
  if (slot == Slot::month && !is_within(1, 12)) return {};
  if (slot == Slot::day && !is_within(1, 31)) return {};
  if (slot == Slot::weekday && !is_within(1, 7)) return {};
  if (slot == Slot::hour && !is_within(0, 24)) return {};
  if (slot == Slot::minute && !is_within(0, 59)) return {};
  return std::pair(slot, number);
}

std::optional<Reading> parse_reading(std::string_view name) {
  static constexpr std::array<std::string_view, 8> names = {"date",     "shift", "later", "same",
                                                            "duration", "set",   "ref",   "none"};
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return static_cast<Reading>(found - names.begin());
}

std::optional<Timex> timex_of(const Slots& slots, TimexType type, Reading reading, const TimeContext& context) {
  Resolver resolver(slots, context);
  std::optional<Timex> out;
  switch (reading) {
    case Reading::date: out = resolver.date(); break;
    case Reading::shift: out = resolver.shifted_from(context.reference); break;
    case Reading::later: out = resolver.shifted_from(context.last ? context.last : context.reference); break;
    case Reading::same:
      out = context.last_quarter ? resolver.same_quarter(*context.last_quarter)
                                 : resolver.shifted_from(context.reference);
      break;
    case Reading::duration: out = slots.has(Slot::unit) ? resolver.duration() : std::nullopt; break;
    case Reading::set: out = resolver.set(); break;
    case Reading::none: return {};
    case Reading::ref:
      if (slots.has(Slot::ref)) out = Resolver::reference(name_in(ref_names, slots, Slot::ref));
      break;
  }
  if (!out) return {};
  out->type = type;
  if (slots.has(Slot::mod)) out->mod = name_in(mod_names, slots, Slot::mod);
  if (slots.has(Slot::quant)) out->quant = name_in(quant_names, slots, Slot::quant);
  if (slots.has(Slot::freq)) out->freq = fmt::format("{}X", slots.whole(Slot::freq));
  return out;
}

}  // namespace depesche::facts
