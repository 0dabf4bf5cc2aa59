// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace patchbot {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Exactly `width` digits at `at`, or none.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return {};
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Date> date_at_start(std::string_view text, char separator) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != separator || text[7] != separator) return {};
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

std::optional<seconds> zone_offset(std::string_view text) {
  if (text == "Z" || text == "z") return seconds(0);
  const auto hour = digits(text, 1, 2);
  const auto minute = digits(text, 4, 2);
  if (text.size() != 6 || !hour || !minute || text[3] != ':' || *hour > 23 || *minute > 59) {
    return {};
  }
  if (text[0] != '+' && text[0] != '-') return {};
  const seconds offset = hours(*hour) + minutes(*minute);
  return text[0] == '+' ? offset : -offset;
}

}  // namespace

std::optional<Time> parse_rfc3339(std::string_view text) {
  const auto date = date_at_start(text, '-');
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!date || !hour || !minute || !second) return {};
  if ((text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' ||
      text[16] != ':' || *hour > 23 || *minute > 59 || *second > 60) {
    return {};
  }
  std::size_t zone = 19;
  if (zone < text.size() && text[zone] == '.') {
    zone = text.find_first_not_of("0123456789", zone + 1);
    if (zone == std::string_view::npos || zone == 20) return {};
  }
  const auto offset = zone_offset(text.substr(zone));
  if (!offset) return {};
  return Time(*date) + hours(*hour) + minutes(*minute) + seconds(*second) - *offset;
}

std::optional<Date> parse_date(std::string_view text) {
  return text.size() == 10 ? date_at_start(text, '-') : std::nullopt;
}

std::optional<Date> parse_scanner_date(std::string_view text) {
  text = trim(text);
  if (text.size() == 10 && text[4] == '/') return date_at_start(text, '/');
  return text.size() == 10 || (text.size() > 10 && text[10] == 'T') ? date_at_start(text, '-')
                                                                    : std::nullopt;
}

std::string to_rfc3339(Time time) {
  const Date day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z",
                     to_date_text(day),
                     clock.hours().count(),
                     clock.minutes().count(),
                     clock.seconds().count());
}

std::string to_date_text(Date date) {
  const std::chrono::year_month_day day(date);
  return fmt::format("{:04}-{:02}-{:02}",
                     static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

}  // namespace patchbot
