// SPDX-License-Identifier: Apache-2.0
#include "formats/records/qualys_fields.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/qualys_html.hpp"

namespace patchbot {
namespace {

struct Clock {
  long hour = 0;
  long minute = 0;
  long second = 0;
};

std::optional<long> number_within(std::string_view text, long low, long high) {
  const auto number = parse_integer(text);
  return number && *number >= low && *number <= high ? number : std::nullopt;
}

// "07:28", "07:08:28", and which half of the day.
std::optional<Clock> parse_clock(std::string_view text, std::string_view half) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return {};
  const auto hour = number_within(parts[0], 0, 23);
  const auto minute = number_within(parts[1], 0, 59);
  const auto second = parts.size() == 3 ? number_within(parts[2], 0, 59) : 0L;
  if (!hour || !minute || !second) return {};
  Clock clock{*hour, *minute, *second};
  if (equals_nocase(half, "PM") && clock.hour < 12) clock.hour += 12;
  if (equals_nocase(half, "AM") && clock.hour == 12) clock.hour = 0;
  return clock;
}

std::optional<Time> time_at(long year, long month, long day, const Clock& clock) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  return Time(Date(date)) + std::chrono::hours(clock.hour) + std::chrono::minutes(clock.minute) +
         std::chrono::seconds(clock.second);
}

// "05/13/2026"
std::optional<Time> parse_slashed(std::string_view text, const Clock& clock, SlashedDate order) {
  const auto parts = split(text, '/');
  if (parts.size() != 3) return {};
  auto month = number_within(parts[0], 1, 31);
  auto day = number_within(parts[1], 1, 31);
  const auto year = number_within(parts[2], 1970, 9999);
  if (!month || !day || !year) return {};
  if (order == SlashedDate::any) {
    if (*month <= 12 && *day <= 12 && *month != *day) return {};
    if (*month > 12) std::swap(month, day);
  }
  return time_at(*year, *month, *day, clock);
}

long month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> names{
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string word = to_lower(name.substr(0, 3));
  const auto* const found = std::find(names.begin(), names.end(), word);
  return found == names.end() ? 0 : found - names.begin() + 1;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view word : split(text, ' ')) {
    if (word.ends_with(',')) word.remove_suffix(1);
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::optional<Time> parse_written_out(const std::vector<std::string_view>& words) {
  if (words.size() < 3) return {};
  const long month = month_of(words[0]);
  const auto day = number_within(words[1], 1, 31);
  const auto year = number_within(words[2], 1970, 9999);
  if (month == 0 || !day || !year) return {};
  std::optional<Clock> clock = Clock{};
  if (words.size() > 3) {
    clock = parse_clock(words[3], words.size() > 4 ? words[4] : std::string_view());
  }
  return clock ? time_at(*year, month, *day, *clock) : std::nullopt;
}

// "9.9 (AV:N/AC:L)": the score and what stands in the brackets.
std::pair<std::optional<double>, std::string> score_and_vector(const Node& node) {
  const std::string text = node.line(256);
  const auto bracket = std::min(text.find('('), text.size());
  std::string vector = text.substr(bracket);
  if (!vector.empty()) vector = vector.substr(1, vector.find(')') - 1);
  return {parse_number(trim(std::string_view(text).substr(0, bracket))), vector};
}

}  // namespace

std::string qualys_word(const Node& node) {
  std::string word = node.line();
  return word == "-" || equals_nocase(word, "N/A") ? std::string() : word;
}

std::string qualys_text(const Node& node, Finding& finding) {
  std::string text = plain_text_of_html(node.text(), finding);
  return text == "-" || equals_nocase(text, "N/A") ? std::string() : text;
}

Severity qualys_severity(const Node& level) {
  constexpr std::array<Severity, 5> levels{
      Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical};
  if (const auto number = number_within(level.raw(), 1, 5)) {
    return levels[static_cast<std::size_t>(*number) - 1];
  }
  if (level.is("H")) return Severity::high;
  if (level.is("M")) return Severity::medium;
  return level.is("L") ? Severity::low : severity_of_word(level);
}

Status qualys_status(std::string_view word) {
  std::string plain = to_lower(word);
  std::erase_if(plain, [](char c) { return c == '-' || c == ' ' || c == '_'; });
  if (plain == "fixed") return Status::fixed;
  if (plain == "reopened") return Status::reopened;
  return plain == "new" || plain == "active" ? Status::open : Status::unknown;
}

QualysCertainty qualys_certainty(std::string_view word) {
  if (equals_nocase(word, "Vuln") || equals_nocase(word, "Confirmed")) {
    return QualysCertainty::confirmed;
  }
  if (equals_nocase(word, "Practice") || equals_nocase(word, "Potential")) {
    return QualysCertainty::potential;
  }
  const bool information = equals_nocase(word, "Ig") || starts_with_nocase(word, "Info");
  return information ? QualysCertainty::information : QualysCertainty::unknown;
}

void set_certainty(Finding& finding, QualysCertainty certainty) {
  constexpr std::array<std::string_view, 4> words{"", "confirmed", "potential", "information"};
  add_status_word(finding, words[static_cast<std::size_t>(certainty)]);
  if (certainty != QualysCertainty::information) return;
  finding.severity = Severity::info;
  finding.severity_source = "type";
}

void add_status_word(Finding& finding, std::string_view word) {
  if (word.empty()) return;
  if (!finding.source_status.empty()) finding.source_status += ", ";
  finding.source_status += word;
}

std::optional<Time> qualys_time(const Node& node, SlashedDate order) {
  const std::string text = node.line(64);
  if (const auto time = parse_loose_time(text)) return time;
  const auto words = words_of(text);
  if (words.empty()) return {};
  if (words[0].find('/') == std::string_view::npos) return parse_written_out(words);
  std::optional<Clock> clock = Clock{};
  if (words.size() > 1) {
    clock = parse_clock(words[1], words.size() > 2 ? words[2] : std::string_view());
  }
  return clock ? parse_slashed(words[0], *clock, order) : std::nullopt;
}

void add_qualys_cvss(Finding& finding,
                     const Node& base,
                     const Node& temporal,
                     std::string_view version) {
  Cvss cvss;
  cvss.version = version;
  std::tie(cvss.score, cvss.vector) = score_and_vector(base);
  std::tie(cvss.temporal_score, cvss.temporal_vector) = score_and_vector(temporal);
  cvss.source = "qualys";
  add_cvss(finding, std::move(cvss));
}

std::optional<bool> qualys_login(std::string_view title) {
  for (std::string_view system : {"Unix", "Windows"}) {
    if (!title.starts_with(system)) continue;
    const std::string_view rest = trim(title.substr(system.size()));
    if (rest.starts_with("Authentication Failed")) return false;
    // Windows also tells the method of sessions without a user.
    const bool method = rest == "Authentication Method";
    if (method && system == "Unix") return true;
    if (rest.starts_with("Authentication Method for User")) return true;
  }
  return {};
}

void add_exploit_links(Finding& finding, std::string_view text) {
  for (std::size_t at = text.find("http"); at != std::string_view::npos;
       at = text.find("http", at + 4)) {
    const auto end = std::min(text.find_first_of(" \t\n\r,;\"'<>", at), text.size());
    const std::string_view address = text.substr(at, end - at);
    if (address.find("://") != std::string_view::npos)
      add_text(finding.exploit_refs, std::string(address));
  }
}

void note_exploit(Finding& finding, std::string_view source) {
  if (finding.exploit == "active") return;
  const std::string word = to_lower(source);
  for (std::string_view known :
       {"metasploit", "core security", "core impact", "immunity", "canvas", "exploit kit"}) {
    if (word.find(known) != std::string::npos) finding.exploit = "functional";
  }
  if (finding.exploit.empty()) finding.exploit = "poc";
}

void set_qualys_place(Finding& finding, const Node& port, const Node& protocol) {
  const auto number = number_within(port.raw(), 1, 65535);
  if (number) finding.location.port = static_cast<int>(*number);
  finding.location.protocol = to_lower(qualys_word(protocol));
}

}  // namespace patchbot
