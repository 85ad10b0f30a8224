#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace depesche {

enum class Precision : std::uint8_t { year, month, day, time };

/// A date or time of the Gregorian calendar, known to a precision: 2024, 2024-11, 2024-11-27, 2024-11-27T21:40+01:00.
/// What the precision does not reach is zero.
struct Instant {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::int16_t offset_minutes = no_offset;  ///< east of UTC
  Precision precision = Precision::year;

  static constexpr std::int16_t no_offset = INT16_MIN;
  auto operator<=>(const Instant&) const = default;
};

enum class Weekday : std::uint8_t { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

/// ISO 8601, cut to the precision.
std::string iso(const Instant& instant);

/// Reads ISO 8601 in the forms that `iso` writes, with a blank for the T, fractions of a second and `Z` as well.
/// Nothing for what is not a date that exists.
std::optional<Instant> parse_iso(std::string_view text);

/// A day that exists, or nothing.
std::optional<Instant> day_of(int year, int month, int day);

/// `instant` without what lies below `precision`.
Instant cut_to(Instant instant, Precision precision);

/// Days since 1970-01-01 of a date with precision day or finer.
std::int64_t days_since_epoch(const Instant& day);
Instant day_from_epoch(std::int64_t days);
Weekday weekday_of(const Instant& day);

/// Whether one names a part of the other, or both the same: 2024-11 and 2024-11-27 agree, 2024-11 and 2024-12-01 do
/// not.
bool agree(const Instant& a, const Instant& b);

}  // namespace depesche
