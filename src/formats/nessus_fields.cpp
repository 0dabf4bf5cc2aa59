// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_fields.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/nessus_field_table.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {
namespace {

constexpr std::string_view compliance_family = "Policy Compliance";

CheckResult parse_check_result(std::string_view word) {
  if (equals_nocase(word, "PASSED")) return CheckResult::passed;
  if (equals_nocase(word, "FAILED")) return CheckResult::failed;
  if (equals_nocase(word, "WARNING")) return CheckResult::warning;
  if (equals_nocase(word, "ERROR")) return CheckResult::error;
  return CheckResult::none;
}

// Old exports say it in the text only: "name of the check" : [FAILED]
struct OldCheck {
  std::string name;
  CheckResult result = CheckResult::none;
};

OldCheck parse_old_check(std::string_view description) {
  const auto stop = description.find("\" : [");
  if (!description.starts_with('"') || stop == std::string_view::npos) return {};
  const std::string_view rest = description.substr(stop + 5);
  return {std::string(description.substr(1, stop - 1)),
          parse_check_result(rest.substr(0, rest.find(']')))};
}

// What a result word is worth: Tenable grades FAILED high and WARNING medium. A check that could
// not be carried out proves nothing, so its severity is unknown.
Severity severity_of(CheckResult result) {
  switch (result) {
    case CheckResult::failed: return Severity::high;
    case CheckResult::warning: return Severity::medium;
    case CheckResult::passed:
    case CheckResult::skipped: return Severity::info;
    case CheckResult::error:
    case CheckResult::none: break;
  }
  return Severity::unknown;
}

std::optional<Severity> severity_by_attribute(const NessusItem& item) {
  const std::string_view text = trim(item.severity);
  if (text.size() == 1 && text[0] >= '0' && text[0] <= '4') {
    return severities_worst_first[static_cast<std::size_t>('4' - text[0])];
  }
  if (text.empty()) return {};
  return parse_severity(text).value_or(Severity::unknown);
}

std::optional<Severity> severity_by_score(const NessusItem& item,
                                          std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    const auto score = parse_number(item.field(name));
    if (score && *score >= 0) return severity_of_score(*score);
  }
  return {};
}

std::optional<Severity> severity_by(const NessusItem& item, SeveritySource source) {
  switch (source) {
    case SeveritySource::severity: return severity_by_attribute(item);
    case SeveritySource::risk_factor: return parse_severity(item.field("risk_factor"));
    case SeveritySource::cvss3: return severity_by_score(item, {"cvss3_base_score", "cvssv3"});
    case SeveritySource::vpr:
      return severity_by_score(item, {"vulnerability_priority_rating", "vpr_score"});
  }
  return {};
}

void fill_compliance(Finding& finding, const NessusItem& item) {
  finding.kind = Kind::compliance;
  finding.severity = severity_of(finding.check_result);
  finding.severity_source = "result";
  if (finding.location.check.empty()) {
    finding.location.check = clean_line(parse_old_check(finding.description).name);
  }
  if (!finding.location.check.empty()) finding.title = finding.location.check;
  if (!finding.location.benchmark.empty()) finding.check_list = finding.location.benchmark;
  if (finding.check_list.empty()) finding.check_list = clean_line(item.text(item.plugin_name));
}

void fill_attributes(Finding& finding, const NessusItem& item) {
  finding.source = "nessus";
  finding.native_id = cut_utf8(clean_line(item.text(item.plugin_id)), 64);
  if (!item.plugin_name.empty()) finding.title = clean_line(item.text(item.plugin_name));
  finding.location.protocol = to_lower(clean_line(item.text(item.protocol)));
  finding.location.service = clean_line(item.text(item.service));
  const auto port = parse_integer(item.port);
  if (port && *port >= 0 && *port <= 65535) finding.location.port = static_cast<int>(*port);
}

// What a plugin says of itself is worked out once and then copied.
void fill_known_fields(Finding& finding, const NessusItem& item) {
  if (item.known_fields == nullptr || item.known_finding == nullptr) {
    finding = {};
    if (item.known_fields != nullptr) fill_nessus_fields(finding, item, *item.known_fields);
    return;
  }
  if (!*item.known_finding) {
    *item.known_finding = std::make_unique<Finding>();
    fill_nessus_fields(**item.known_finding, item, *item.known_fields);
  }
  finding = **item.known_finding;
}

}  // namespace

std::string_view NessusItem::field(std::string_view name) const {
  const auto find_in = [name](const std::vector<NessusField>& list) -> const NessusField* {
    const auto found = std::find_if(
        list.begin(), list.end(), [name](const NessusField& f) { return f.name == name; });
    return found == list.end() ? nullptr : &*found;
  };
  const NessusField* found = known_fields == nullptr ? nullptr : find_in(*known_fields);
  if (found == nullptr) found = find_in(fields);
  return found == nullptr ? std::string_view() : found->value;
}

std::string NessusItem::text(std::string_view raw) const {
  return encoding == Encoding::xml ? clean_xml(raw) : clean_text(raw);
}

CheckResult check_result_of(const NessusItem& item) {
  // CSV may have no family; in XML every check has one that says so.
  const bool possible =
      item.plugin_family.empty() || item.plugin_family.find("ompliance") != std::string_view::npos;
  if (!possible) return CheckResult::none;
  if (const std::string_view word = trim(item.field("cm:compliance-result")); !word.empty()) {
    const CheckResult result = parse_check_result(word);
    return result == CheckResult::none ? CheckResult::error : result;
  }
  if (item.plugin_family != compliance_family) return CheckResult::none;
  // The family also holds ordinary plugins (notes on PCI DSS): those are no checks.
  const OldCheck check = parse_old_check(item.text(item.field("description")));
  const bool is_check = !check.name.empty() || trim(item.field("compliance")) == "true";
  return is_check && check.result == CheckResult::none ? CheckResult::error : check.result;
}

Severity severity_of(const NessusItem& item, SeveritySource source, std::string_view* used) {
  constexpr std::array<std::string_view, 4> names{"severity", "risk_factor", "cvss3", "vpr"};
  for (SeveritySource candidate : {source, SeveritySource::severity, SeveritySource::risk_factor}) {
    if (const auto severity = severity_by(item, candidate)) {
      *used = names[static_cast<std::size_t>(candidate)];
      return *severity;
    }
  }
  *used = "none";
  return Severity::unknown;
}

Brief brief_of(const NessusItem& item, SeveritySource source) {
  const CheckResult result = check_result_of(item);
  if (result != CheckResult::none) return {severity_of(result), result, item.plugin_id};
  std::string_view used;
  return {severity_of(item, source, &used), result, item.plugin_id};
}

std::uint64_t repeat_key_of(const NessusItem& item) {
  const std::hash<std::string_view> hash;
  std::uint64_t key = 0;
  const auto mix = [&](std::string_view part) { key = (key ^ hash(part)) * 0x9E3779B97F4A7C15U; };
  for (std::string_view part : {item.plugin_id, item.port, item.protocol}) mix(part);
  if (check_result_of(item) == CheckResult::none) return key;
  mix(item.field("cm:compliance-check-id"));
  mix(item.field("cm:compliance-check-name"));
  mix(parse_old_check(item.text(item.field("description"))).name);
  return key;
}

void fill_finding(Finding& finding, const NessusItem& item, SeveritySource source) {
  fill_known_fields(finding, item);
  fill_attributes(finding, item);
  fill_nessus_fields(finding, item, item.fields);
  finish_nessus_fields(finding);
  if (finding.title.empty()) finding.title = "plugin " + finding.native_id;
  finding.check_result = check_result_of(item);
  if (finding.check_result != CheckResult::none) {
    fill_compliance(finding, item);
    return;
  }
  std::string_view used;
  finding.severity = severity_of(item, source, &used);
  finding.severity_source = used;
}

std::optional<bool> credentialed_checks(std::string_view plugin_output) {
  constexpr std::string_view label = "credentialed checks";
  for (std::string_view line : split(plugin_output, '\n')) {
    line = trim(line);
    if (!starts_with_nocase(line, label)) continue;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    return starts_with_nocase(trim(line.substr(colon + 1)), "yes");
  }
  return {};
}

}  // namespace patchbot
