// SPDX-License-Identifier: Apache-2.0
#include "formats/records/fields.hpp"

#include <algorithm>
#include <utility>

#include "base/byte_set.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_list = 1000;
constexpr std::size_t max_item = 2000;

std::string version_of(std::string_view vector) {
  if (starts_with_nocase(vector, "CVSS:")) {
    const std::string_view version = vector.substr(5, vector.find('/') - 5);
    for (std::string_view known : {"3.0", "3.1", "4.0"}) {
      if (version == known) return std::string(known);
    }
    return {};
  }
  return vector.find("Au:") != std::string_view::npos ? "2.0" : "";
}

bool is_known_version(std::string_view version) {
  return version == "2.0" || version == "3.0" || version == "3.1" || version == "4.0";
}

// "3", "v3.1", "CVSSv31" and the like; a bare 3 was usual before 3.1 was.
std::string known_version(std::string_view word) {
  std::string digits;
  for (char c : word) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits == "2" || digits == "20") return "2.0";
  if (digits == "3" || digits == "30") return "3.0";
  if (digits == "31") return "3.1";
  return digits == "4" || digits == "40" ? "4.0" : "";
}

char family_of(const Cvss& cvss) { return cvss.version.empty() ? '0' : cvss.version.front(); }

// What lies before 1970 is how programs write that they do not know.
std::optional<Time> known_time(std::optional<Time> time) {
  return time && *time > Time() ? time : std::nullopt;
}

std::optional<Time> time_of_number(double number) {
  constexpr double last_second = 253402300799;  // of the year 9999
  if (number > last_second) number /= 1000;
  if (!(number > 0) || number > last_second) return {};
  return known_time(Time(std::chrono::seconds(static_cast<long long>(number))));
}

std::string_view leading_digits(std::string_view text) {
  return text.substr(0, text.find_first_not_of("0123456789"));
}

bool is_digits(std::string_view text) {
  return !text.empty() && leading_digits(text).size() == text.size();
}

// "+01", "+0100 CET" and "UTC" as RFC 3339 writes them. Who leaves it out means UTC.
std::string offset_of(std::string_view zone) {
  if (zone.empty() || zone == "UTC" || zone == "GMT") return "Z";
  std::string offset(zone.substr(0, zone.find(' ')));
  if (offset.size() == 3) offset += ":00";
  if (offset.size() == 5) offset.insert(3, ":");
  return offset;
}

std::string seconds_of(std::string_view clock) {
  std::string text(clock);
  std::replace(text.begin(), text.end(), ',', '.');
  if (text.size() == 5) text += ":00";
  return text;
}

void add_cwe(Finding& finding, std::string_view digits) {
  while (digits.starts_with('0')) digits.remove_prefix(1);
  if (!digits.empty() && digits.size() <= 6) add_text(finding.cwes, "CWE-" + std::string(digits));
}

void add_cwes_in(Finding& finding, std::string_view text) {
  for (; text.size() > 3; text.remove_prefix(1)) {
    if (!starts_with_nocase(text, "cwe")) continue;
    std::string_view rest = text.substr(3);
    if (rest.find_first_of("-:_ ") == 0) rest.remove_prefix(1);
    add_cwe(finding, leading_digits(rest));
  }
}

// Several are separated by blanks or by commas, which an address may also contain.
void add_refs_in(Finding& finding, std::string_view text) {
  while (!text.empty()) {
    const auto stop = std::min({text.size(), text.find(' '), text.find(",http")});
    std::string_view word = text.substr(0, stop);
    while (word.ends_with(',') || word.ends_with(';')) word.remove_suffix(1);
    add_ref(finding, std::string(word));
    text.remove_prefix(std::min(text.size(), stop + 1));
  }
}

}  // namespace

Severity severity_of_word(const Node& word) {
  return parse_severity(trim(word.raw())).value_or(Severity::unknown);
}

void add_text(std::vector<std::string>& list, std::string text) {
  if (text.empty() || list.size() >= max_list) return;
  if (text.size() > max_item) text = cut_utf8(text, max_item);
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

void add_ids(std::vector<std::string>& ids, const Node& node) {
  for (const Node item : node.items()) add_text(ids, item.line());
}

void add_cwes(Finding& finding, const Node& node) {
  for (const Node item : node.items()) {
    for (std::string_view part : split(item.raw(), ',')) {
      part = trim(part);
      is_digits(part) ? add_cwe(finding, part) : add_cwes_in(finding, part);
    }
  }
}

void add_ref(Finding& finding, const std::string& address) {
  static constexpr ByteSet foreign =
      ByteSet(" \"<>\\^`{|}", ByteSet::NonAscii::skip).with_controls();
  const bool web =
      starts_with_nocase(address, "https://") || starts_with_nocase(address, "http://");
  const char* const end = address.data() + address.size();
  if (web && find_first_in(foreign, address.data(), end) == end) add_text(finding.refs, address);
}

void add_refs(Finding& finding, const Node& node) {
  for (const Node item : node.items()) add_refs_in(finding, item.line());
}

void add_fix_versions(Finding& finding, const Node& node) {
  for (const Node item : node.items()) {
    const std::string text = item.line();
    for (std::string_view version : split(text, ',')) {
      add_text(finding.fix.versions, std::string(trim(version)));
    }
  }
}

void add_cvss(Finding& finding, Cvss cvss) {
  for (std::string* vector : {&cvss.vector, &cvss.temporal_vector}) {
    if (vector->size() > 2 && vector->front() == '(' && vector->back() == ')') {
      *vector = vector->substr(1, vector->size() - 2);
    }
  }
  const std::string version = version_of(cvss.vector);
  if (!version.empty()) {
    cvss.version = version;
  } else if (!is_known_version(cvss.version)) {
    cvss.version = known_version(cvss.version);
  }
  for (std::optional<double>* score : {&cvss.score, &cvss.temporal_score}) {
    if (*score && !(**score >= 0 && **score <= 10)) score->reset();
  }
  const bool says_something = !cvss.vector.empty() || cvss.score;
  if (!says_something || cvss.version.empty() || finding.cvss.size() >= max_list) return;
  if (std::find(finding.cvss.begin(), finding.cvss.end(), cvss) == finding.cvss.end()) {
    finding.cvss.push_back(std::move(cvss));
  }
}

void add_cvss(Finding& finding,
              const Node& vector,
              const Node& score,
              std::string source,
              std::string_view version) {
  Cvss cvss;
  cvss.version = version;
  cvss.vector = vector.line(256);
  cvss.score = score.number();
  cvss.source = std::move(source);
  add_cvss(finding, std::move(cvss));
}

void rate_by_cvss(Finding& finding) {
  const Cvss* worst = nullptr;
  for (const Cvss& cvss : finding.cvss) {
    if (!cvss.score || !(*cvss.score > 0)) continue;
    const auto rank = [](const Cvss& one) { return std::pair(family_of(one), *one.score); };
    if (worst == nullptr || rank(*worst) < rank(cvss)) worst = &cvss;
  }
  if (worst == nullptr) return;
  finding.severity = severity_of_score(*worst->score);
  if (family_of(*worst) == '2') finding.severity = std::min(finding.severity, Severity::high);
  finding.severity_source = std::string("cvss") + family_of(*worst);
}

void rate_unknown(Finding& finding, const Node& word) {
  if (finding.severity != Severity::unknown) return;
  const std::string source = finding.severity_source;
  rate_by_cvss(finding);
  if (word.raw().empty() || is_at_least(finding.severity, Severity::high)) return;
  finding.severity = Severity::unknown;
  finding.severity_source = source;
}

void add_epss(Finding& finding, const Node& score, const Node& percentile, const Node& day) {
  const auto fraction = fraction_of(score);
  if (!fraction || (finding.epss && finding.epss->score >= *fraction)) return;
  finding.epss = Epss{*fraction, fraction_of(percentile), {}, day_of(day)};
}

void add_evidence(Finding& finding, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  if (!finding.evidence.empty()) finding.evidence += '\n';
  if (!name.empty()) finding.evidence += std::string(name) + ": ";
  finding.evidence += value;
}

std::optional<Time> parse_loose_time(std::string_view text) {
  text = trim(text);
  if (text.size() < 10 || text.size() > 64) return {};
  if (is_digits(text) && (text.size() == 10 || text.size() == 13)) {
    return time_of_number(parse_number(text).value_or(0));
  }
  if (const auto day = parse_date(text)) return known_time(Time(*day));
  if (text.size() < 16 || std::string_view("Tt ").find(text[10]) == std::string_view::npos) {
    return {};
  }
  const auto zone = std::min(text.size(), text.find_first_not_of("0123456789:.,", 11));
  return known_time(parse_rfc3339(std::string(text.substr(0, 10)) + "T" +
                                  seconds_of(text.substr(11, zone - 11)) +
                                  offset_of(trim(text.substr(zone)))));
}

std::optional<Time> time_of(const Node& node) {
  if (node.type() == NodeType::number) {
    const auto number = node.number();
    return number ? time_of_number(*number) : std::nullopt;
  }
  return parse_loose_time(node.line(64));
}

std::optional<Date> day_of(const Node& node) {
  const auto time = time_of(node);
  return time ? std::optional(std::chrono::floor<std::chrono::days>(*time)) : std::nullopt;
}

std::optional<double> fraction_of(const Node& node) {
  const auto number = node.number();
  if (!number || *number < 0 || *number > 1) return {};
  return number;
}

}  // namespace patchbot
