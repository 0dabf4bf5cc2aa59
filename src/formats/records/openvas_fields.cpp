// SPDX-License-Identifier: Apache-2.0
#include "formats/records/openvas_fields.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

constexpr double critical_from = 9.0;

bool is_version(std::string_view text) {
  return text.size() <= 200 &&
         std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The values of all lines "name: value".
std::vector<std::string> values_of(std::string_view text, std::string_view name) {
  std::vector<std::string> values;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (!starts_with_nocase(line, name)) continue;
    const std::string_view value = trim(line.substr(name.size()));
    if (is_version(value)) add_text(values, std::string(value));
  }
  return values;
}

}  // namespace

void rate_openvas(Finding& finding, std::string_view word, std::optional<double> score) {
  const auto severity = parse_severity(trim(word));
  finding.severity = severity.value_or(Severity::unknown);
  finding.severity_source = "threat";
  if (!score || *score < 0 || *score > 10) return;
  const bool old_scale = finding.severity == Severity::high && *score >= critical_from;
  if (!old_scale && severity && *severity != Severity::unknown) return;
  finding.severity = severity_of_score(*score);
  finding.severity_source = "severity";
}

void set_openvas_solution(Finding& finding, std::string_view type, const std::string& text) {
  finding.fix.solution = text;
  if (type.empty()) return;
  finding.fix.solution = std::string(type) + (text.empty() ? "" : ": ") + text;
  if (equals_nocase(type, "VendorFix")) finding.fix.available = true;
  if (equals_nocase(type, "WillNotFix") || equals_nocase(type, "NoneAvailable")) {
    finding.fix.available = false;
  }
}

// With several programs in one result nobody can tell which of them is meant.
void set_openvas_result(Finding& finding, const std::string& text, std::string_view quality) {
  const auto installed = values_of(text, "Installed version:");
  if (installed.size() == 1) finding.location.installed = installed.front();
  finding.fix.versions = values_of(text, "Fixed version:");
  if (!finding.fix.versions.empty()) finding.fix.available = true;
  finding.evidence = std::string(trim(text));
  if (!quality.empty()) {
    add_evidence(finding, "quality of detection", std::string(quality) + " %");
  }
}

void set_openvas_id(Finding& finding, std::string id) {
  if (starts_with_nocase(id, "CVE-")) add_text(finding.vuln_ids, id);
  finding.native_id = std::move(id);
}

bool is_kev_mark(std::string_view type, std::string_view id) {
  return equals_nocase(type, "cisa") &&
         to_lower(id).find("known exploited vulnerab") != std::string::npos;
}

}  // namespace patchbot
