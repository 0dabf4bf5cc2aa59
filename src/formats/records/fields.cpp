// SPDX-License-Identifier: Apache-2.0
#include "formats/records/fields.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

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

std::optional<Time> time_of_number(double number) {
  constexpr double last_second = 253402300799;  // of the year 9999
  if (number > last_second) number /= 1000;
  if (!(number > 0) || number > last_second) return {};
  return Time(std::chrono::seconds(static_cast<long long>(number)));
}

std::string_view without_blank_before_offset(std::string& text) {
  const auto blank = text.rfind(' ');
  if (blank != std::string::npos && blank > 10) {
    const std::string_view rest = std::string_view(text).substr(blank + 1);
    if (rest == "UTC" || rest == "GMT") {
      text.replace(blank, std::string::npos, "Z");
    } else if (rest.starts_with('+') || rest.starts_with('-')) {
      text.erase(blank, 1);
    }
  }
  return text;
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
    std::string_view word = trim(item.raw());
    if (starts_with_nocase(word, "cwe")) word.remove_prefix(3);
    if (word.starts_with('-') || word.starts_with(':')) word.remove_prefix(1);
    const auto digits = word.find_first_not_of("0123456789");
    word = word.substr(0, digits);
    if (!word.empty() && word.size() <= 6) add_text(finding.cwes, "CWE-" + std::string(word));
  }
}

void add_ref(Finding& finding, const std::string& address) {
  const bool web =
      starts_with_nocase(address, "https://") || starts_with_nocase(address, "http://");
  if (web && address.find_first_of(" \t\n\"<>\\^`{|}") == std::string::npos) {
    add_text(finding.refs, address);
  }
}

void add_refs(Finding& finding, const Node& node) {
  for (const Node item : node.items()) add_ref(finding, item.line());
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

std::optional<Time> parse_loose_time(std::string_view given) {
  std::string text(trim(given));
  if (text.size() < 10 || text.size() > 64) return {};
  if (const auto day = parse_date(text)) return Time(*day);
  without_blank_before_offset(text);
  if (text[10] == ' ') text[10] = 'T';
  const auto clock = std::string_view(text).substr(10);
  const auto sign = clock.find_first_of("+-Zz");
  if (sign == std::string_view::npos) {
    text += 'Z';  // scanners that leave the offset out write UTC
  } else if (clock[sign] != 'Z' && clock[sign] != 'z' && clock.size() - sign == 5) {
    text.insert(10 + sign + 3, ":");  // +0100
  }
  return parse_rfc3339(text);
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
  if (!time) return {};
  const Date day = std::chrono::floor<std::chrono::days>(*time);
  if (std::chrono::year_month_day(day).year() == std::chrono::year(1)) return {};
  return day;
}

std::optional<double> fraction_of(const Node& node) {
  const auto number = node.number();
  if (!number || *number < 0 || *number > 1) return {};
  return number;
}

}  // namespace patchbot
