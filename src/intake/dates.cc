#include "intake/dates.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/unicode.h"

namespace depesche::intake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool are_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// "2024-12-04T10:00:00 +0100" and the like, put into the form that parse_iso knows.
std::string mended(std::string_view text) {
  std::string out(text);
  for (const std::string_view zone : {" UTC", " GMT", "UTC", "GMT"}) {
    if (out.size() > zone.size() && out.ends_with(zone)) {
      out.replace(out.size() - zone.size(), zone.size(), "Z");
      break;
    }
  }
  if (out.size() >= 10 && out[4] == '/' && out[7] == '/') out[4] = out[7] = '-';
  // A blank in front of the zone.
  const auto blank = out.rfind(' ');
  if (blank != std::string::npos && blank > 10 && blank + 1 < out.size() &&
      (out[blank + 1] == '+' || out[blank + 1] == '-' || out[blank + 1] == 'Z')) {
    out.erase(blank, 1);
  }
  // 20241204 and 20241204T100000Z
  if (out.size() >= 8 && are_digits(std::string_view(out).substr(0, 8)) && (out.size() == 8 || out[8] == 'T')) {
    out.insert(6, "-").insert(4, "-");
    if (out.size() >= 17 && are_digits(std::string_view(out).substr(11, 6))) out.insert(15, ":").insert(13, ":");
  }
  return out;
}

std::optional<Instant> read_rfc822(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (const auto comma = text.find(','); comma <= 9) text.remove_prefix(comma + 1);
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < text.size() && parts.size() < 6;) {
    const auto begin = text.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find(' ', begin), text.size());
    parts.push_back(text.substr(begin, at - begin));
  }
  if (parts.size() < 3 || !are_digits(parts[0]) || parts[0].size() > 2 || !are_digits(parts[2]) || parts[2].size() != 4)
    return {};
  const auto month = std::find(months.begin(), months.end(), parts[1].substr(0, 3));
  if (month == months.end()) return {};
  auto written = std::string(parts[2]) + (month - months.begin() < 9 ? "-0" : "-") +
                 std::to_string(month - months.begin() + 1) + (parts[0].size() == 1 ? "-0" : "-") +
                 std::string(parts[0]);
  const auto day = written;
  if (parts.size() > 3) written += "T" + std::string(parts[3]);
  if (parts.size() > 4)
    written += parts[4] == "GMT" || parts[4] == "UT" || parts[4] == "UTC" ? "Z" : std::string(parts[4]);
  if (const auto read = parse_iso(written)) return read;
  return parse_iso(day);
}

std::optional<Instant> read_seconds(std::string_view text) {
  if (!are_digits(text) || (text.size() != 10 && text.size() != 13)) return {};
  const auto seconds = std::stoll(std::string(text.substr(0, 10)));
  auto out = day_from_epoch(seconds / 86400);
  out.precision = Precision::time;
  out.hour = static_cast<std::uint8_t>(seconds % 86400 / 3600);
  out.minute = static_cast<std::uint8_t>(seconds % 3600 / 60);
  out.second = static_cast<std::uint8_t>(seconds % 60);
  out.offset_minutes = 0;
  return out;
}

}  // namespace

std::optional<Instant> read_machine_date(std::string_view text) {
  text = trim(text);
  if (text.size() < 4 || text.size() > 40) return {};
  if (const auto read = parse_iso(text)) return read;
  if (const auto read = read_seconds(text)) return read;
  const auto iso = mended(text);
  if (const auto read = parse_iso(iso)) return read;
  // A day followed by a time that is written in some other way is at least a day.
  if (iso.size() > 10 && !is_digit(iso[10])) {
    const auto day = parse_iso(std::string_view(iso).substr(0, 10));
    if (day && day->precision == Precision::day) return day;
  }
  return read_rfc822(text);
}

}  // namespace depesche::intake
