#include "core/instant.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace depesche {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day ymd(const Instant& day) {
  return chrono::year(day.year) / chrono::month(day.month) / chrono::day(day.day);
}

/// Takes `digits` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return {};
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

/// The part behind the T: hh:mm[:ss[.fraction]][Z|±hh[:]mm]. True when all of `text` was understood.
bool read_time(std::string_view text, Instant& out) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return false;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return false;
  int second = 0;
  if (take(text, ':')) {
    const auto read = take_number(text, 2);
    if (!read || *read > 60) return false;
    second = *read;
    if (take(text, '.') || take(text, ',')) {
      while (!text.empty() && text[0] >= '0' && text[0] <= '9') text.remove_prefix(1);
    }
  }
  out.hour = static_cast<std::uint8_t>(*hour);
  out.minute = static_cast<std::uint8_t>(*minute);
  out.second = static_cast<std::uint8_t>(second);
  out.precision = Precision::time;
  if (text.empty()) return true;
  if (text == "Z" || text == "z") {
    out.offset_minutes = 0;
    return true;
  }
  const int sign = text[0] == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return false;
  const auto offset_hours = take_number(text, 2);
  take(text, ':');
  const auto offset_minutes = text.empty() ? std::optional(0) : take_number(text, 2);
  if (!offset_hours || *offset_hours > 14 || !offset_minutes || *offset_minutes > 59 || !text.empty()) return false;
  out.offset_minutes = static_cast<std::int16_t>(sign * (*offset_hours * 60 + *offset_minutes));
  return true;
}

}  // namespace

std::string iso(const Instant& instant) {
  switch (instant.precision) {
    case Precision::year: return fmt::format("{:04}", instant.year);
    case Precision::month: return fmt::format("{:04}-{:02}", instant.year, instant.month);
    case Precision::day: return fmt::format("{:04}-{:02}-{:02}", instant.year, instant.month, instant.day);
    case Precision::time: break;
  }
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", instant.year, instant.month, instant.day, instant.hour,
                          instant.minute, instant.second);
  if (instant.offset_minutes == Instant::no_offset) return text;
  if (instant.offset_minutes == 0) return text + "Z";
  const int minutes = std::abs(instant.offset_minutes);
  return text + fmt::format("{}{:02}:{:02}", instant.offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::optional<Instant> parse_iso(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || *year == 0) return {};
  Instant out;
  out.year = static_cast<std::int16_t>(*year);
  if (text.empty()) return out;
  const auto month = take(text, '-') ? take_number(text, 2) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return {};
  out.month = static_cast<std::uint8_t>(*month);
  out.precision = Precision::month;
  if (text.empty()) return out;
  const auto day = take(text, '-') ? take_number(text, 2) : std::nullopt;
  if (!day) return {};
  auto dated = day_of(*year, *month, *day);
  if (!dated || text.empty()) return dated;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return {};
  if (!read_time(text, *dated)) return {};
  return dated;
}

std::optional<Instant> day_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return {};
  const auto date =
      chrono::year(year) / chrono::month(static_cast<unsigned>(month)) / chrono::day(static_cast<unsigned>(day));
  if (!date.ok()) return {};
  Instant out;
  out.year = static_cast<std::int16_t>(year);
  out.month = static_cast<std::uint8_t>(month);
  out.day = static_cast<std::uint8_t>(day);
  out.precision = Precision::day;
  return out;
}

Instant cut_to(Instant instant, Precision precision) {
  if (precision >= instant.precision) return instant;
  Instant out;
  out.precision = precision;
  out.year = instant.year;
  if (precision >= Precision::month) out.month = instant.month;
  if (precision >= Precision::day) out.day = instant.day;
  return out;
}

std::int64_t days_since_epoch(const Instant& day) { return chrono::sys_days(ymd(day)).time_since_epoch().count(); }

Instant day_from_epoch(std::int64_t days) {
  const chrono::year_month_day date{chrono::sys_days(chrono::days(days))};
  Instant out;
  out.year = static_cast<std::int16_t>(int(date.year()));
  out.month = static_cast<std::uint8_t>(unsigned(date.month()));
  out.day = static_cast<std::uint8_t>(unsigned(date.day()));
  out.precision = Precision::day;
  return out;
}

Weekday weekday_of(const Instant& day) {
  return static_cast<Weekday>(chrono::weekday(chrono::sys_days(ymd(day))).iso_encoding());
}

bool agree(const Instant& a, const Instant& b) {
  const auto precision = std::min({a.precision, b.precision, Precision::day});
  return cut_to(a, precision) == cut_to(b, precision);
}

}  // namespace depesche
