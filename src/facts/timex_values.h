#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/instant.h"
#include "facts/timex.h"

namespace depesche::facts {

/// What a word of a temporal expression says, named in times.rules by these names.
enum class Slot : std::uint8_t {
  year,      ///< 1000 to 2999
  month,     ///< 1 to 12
  day,       ///< 1 to 31
  weekday,   ///< 1 (Monday) to 7
  hour,      ///< 0 to 24
  minute,    ///< 0 to 59
  half_day,  ///< 0 a.m., 12 p.m.: added to the hour
  part,      ///< of a day
  season,
  quarter,        ///< 1 to 4
  half,           ///< of a year: 1, 2
  decade,         ///< its first year, of a century unless from 1000 on: 60, 1960
  century,        ///< 15 for the fifteenth
  easter,         ///< days from Easter Sunday
  advent,         ///< days from the fourth Sunday in Advent
  islamic_month,  ///< 1 (Muharram) to 12, of the Umm al-Qura calendar; its year is one below 1700
  persian_month,  ///< 1 (Farvardin) to 12; its year is one below 1700
  nth,            ///< the nth weekday of a month; -1 the last
  number,         ///< how many; `unknown_number` for "some"
  number_2,       ///< of a second unit: "three years and two months"
  unit,
  unit_2,
  times,       ///< how many of the unit the word stands for: a decade is ten years
  direction,   ///< -1 last, 0 this, 1 next
  week_shift,  ///< of a weekday: in the week so many behind that of the reference; -1 last week
  year_shift,  ///< of a month, day or quarter: in the year so many behind that of the reference
  mod,
  quant,
  freq,  ///< of a set: how many times in the unit
  ref,
  count
};

/// Lengths of time, as TIMEX3 writes them.
enum class Unit : std::uint8_t {
  second,
  minute,
  hour,
  day,
  week,
  month,
  quarter,
  year,
  decade,
  century,
  weekend,
  night
};

class Slots {
 public:
  bool has(Slot slot) const { return held_ >> static_cast<unsigned>(slot) & 1; }
  double get(Slot slot) const { return values_[static_cast<std::size_t>(slot)]; }
  int whole(Slot slot) const { return static_cast<int>(get(slot)); }
  void set(Slot slot, double value) {
    held_ |= 1u << static_cast<unsigned>(slot);
    values_[static_cast<std::size_t>(slot)] = value;
  }
  void clear(Slot slot) { held_ &= ~(1u << static_cast<unsigned>(slot)); }
  /// Takes over what `other` says; a second number or unit is that of a second length of time.
  void add(const Slots& other);
  /// Takes over what `other` says of what is not said here.
  void complete_from(const Slots& other);

 private:
  std::uint32_t held_ = 0;
  std::array<double, static_cast<std::size_t>(Slot::count)> values_{};
};

inline constexpr double unknown_number = -1;

/// `slot=value` as times.rules writes it; the values of some slots have names. Nothing for what is none.
std::optional<std::pair<Slot, double>> parse_slot(std::string_view words);

/// How the slots of an expression become a value.
enum class Reading : std::uint8_t {
  date,      ///< a date or time of day, what it leaves open completed from the reference
  shift,     ///< so many units before or after the reference
  later,     ///< so many units before or after the date last told of
  same,      ///< the quarter last told of in another year ("a year earlier"); as `shift` where none was
  duration,  ///< a length of time
  set,       ///< again and again
  ref,       ///< PAST_REF, PRESENT_REF, FUTURE_REF
  none,      ///< no expression, though it looks like one: the age of a person
};
std::optional<Reading> parse_reading(std::string_view name);

/// Where a sentence with no direction of its own looks.
enum class Tense : std::uint8_t { unknown, past, future };

/// A quarter of a year.
struct Quarter {
  int year = 0;
  int number = 0;  ///< 1 to 4
};

/// By what an expression is resolved.
struct TimeContext {
  std::optional<Instant> reference;     ///< when the text was made
  std::optional<Instant> last;          ///< the day last told of in this paragraph
  std::optional<Instant> last_near;     ///< … in this sentence or the one before
  std::optional<Quarter> last_quarter;  ///< told of just before
  Tense tense = Tense::unknown;
};

/// Type, value, mod and the like of what the slots say. Nothing for a date that does not exist.
std::optional<Timex> timex_of(const Slots& slots, TimexType type, Reading reading, const TimeContext& context);

}  // namespace depesche::facts
