// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/tenable_export.hpp"

#include <array>
#include <deque>
#include <set>
#include <unordered_map>

#include "base/address.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/nessus_field_table.hpp"
#include "formats/records/aws_fields.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

bool is_check(const Record& record) { return !record["plugin"].is_object(); }

// ---- the machine

// A login that worked is proof until a later scan had to do without.
std::optional<bool> is_authenticated(const Record& record, const Node& asset) {
  if (!asset["agent_uuid"].line(64).empty()) return true;
  if (record["plugin"]["id"].raw() == scan_information_plugin) {
    return credentialed_checks(record["output"].text());
  }
  const auto with = time_of(asset["last_authenticated_results"]);
  const auto without = time_of(asset["last_unauthenticated_results"]);
  if (with) return !without || *with >= *without;
  return without ? std::optional<bool>(false) : std::nullopt;
}

void add_names(ScannedHost& host, const Node& asset) {
  for (std::string_view name :
       {"fqdn", "fqdns", "hostname", "name", "agent_name", "netbios_name", "last_scan_target"}) {
    for (const Node one : asset[name].items()) add_alias(host, one.line(255));
  }
}

// A scan that could not learn the name takes the address for one.
std::string name_of(const Node& asset) {
  for (std::string_view list :
       {"hostname", "name", "fqdn", "fqdns", "agent_name", "netbios_name"}) {
    for (const Node one : asset[list].items()) {
      std::string name = one.line(255);
      if (!name.empty() && !parse_address(name)) return name;
    }
  }
  return {};
}

std::string asset_id_of(const Record& record) {
  std::string id = record["asset"].first_of({"uuid", "id"}).line(64);
  return id.empty() ? record["asset_uuid"].line(64) : id;
}

ScannedHost host_of(const Node& asset, const std::string& id) {
  ScannedHost host;
  for (std::string_view list : {"ipv4", "ipv4_addresses", "ipv6", "ipv6_addresses"}) {
    add_addresses(host, asset[list]);
  }
  host.name = name_of(asset);
  if (host.name.empty()) host.name = host.address;
  if (host.name.empty()) host.name = id;
  add_names(host, asset);
  host.instance = instance_id_of(host.name);
  return host;
}

std::optional<Time> seen_at(const Record& record) {
  auto seen = time_of(record["scan"]["completed_at"]);
  for (std::string_view when : {"last_observed", "last_seen", "last_found"}) {
    if (!seen) seen = time_of(record[when]);
  }
  return seen;
}

// ---- what a plugin says

/// The fields of a plugin as a .nessus file has them: the same names, but values in other shapes.
class PluginFields {
 public:
  explicit PluginFields(const Node& plugin) {
    item_.encoding = NessusItem::Encoding::plain;
    for (const Node member : plugin.items()) add_member(member);
    add("vpr_score", plugin["vpr"]["score"]);
    if (!plugin["vpr"]["score"]) add("vpr_score", plugin["vpr_v2"]["score"]);
  }

  void add(std::string_view name, const Node& value) { add_text(name, value.text()); }

  void add_text(std::string_view name, std::string value) {
    if (value.empty() || fields_.size() >= max_fields) return;
    fields_.push_back({name, texts_.emplace_back(std::move(value))});
  }

  // Some references stand in two lists.
  void put(Finding& finding) const {
    fill_nessus_fields(finding, item_, fields_);
    std::set<std::string_view> seen;
    std::vector<std::string> xrefs;
    for (const std::string& xref : finding.xrefs) {
      if (seen.insert(xref).second) xrefs.push_back(xref);
    }
    finding.xrefs = std::move(xrefs);
  }

 private:
  static constexpr std::size_t max_fields = 4000;

  // Fields whose names or values are not those of a .nessus file.
  static std::string_view name_of(std::string_view member) {
    if (member == "ms_bulletin") return "msft";
    if (member == "cvss4_threat_score") return "cvss4_bt_score";
    if (member == "epss_score" || member == "name") return {};
    return member;
  }

  void add_member(const Node& member) {
    const std::string_view name = name_of(member.key());
    if (name.empty()) return;
    if (name == "xrefs") {
      for (const Node one : member.items()) {
        add_text("xref", one["type"].line(64) + ":" + one["id"].line(200));
      }
    } else if (member.is_object()) {
      add(name, member["raw"]);
    } else {
      for (const Node one : member.items()) add(name, one);
    }
  }

  NessusItem item_;
  std::deque<std::string> texts_;
  std::vector<NessusField> fields_;
};

// ---- findings

void fill_threat(const Node& plugin, Finding& finding) {
  if (const auto percent = plugin["epss_score"].number();
      percent && *percent >= 0 && *percent <= 100) {
    finding.epss = Epss{*percent / 100};
  }
  const bool listed = plugin["vpr_v2"]["on_cisa_kev"].boolean().value_or(false);
  if (listed && !finding.kev) finding.kev.emplace();
}

void fill_patch(const Record& record, Finding& finding) {
  const Node plugin = record["plugin"];
  const auto has_patch = plugin["has_patch"].boolean();
  if (has_patch && finding.severity != Severity::info) finding.fix.available = *has_patch;
}

void fill_port(const Record& record, Finding& finding) {
  const Node port = record["port"];
  const auto number = port["port"].number();
  if (number && *number >= 0 && *number <= 65535) finding.location.port = static_cast<int>(*number);
  finding.location.protocol = to_lower(port["protocol"].line(20));
  finding.location.service = port["service"].line(100);
  finding.location.path = record["url"].line();
}

// By numbers from 0 to 4 where the word is missing.
Severity severity_of_id(const Node& id) {
  const auto number = id.number();
  if (!number || *number < 0 || *number > 4) return Severity::unknown;
  return severities_worst_first[4 - static_cast<std::size_t>(*number)];
}

void fill_severity(const Record& record, Finding& finding) {
  finding.severity = severity_of_word(record["severity"]);
  finding.severity_source = "severity";
  if (!record["severity"]) finding.severity = severity_of_id(record["severity_id"]);
}

void name_and_rate(const Record& record, Finding& finding) {
  finding.native_id = record["plugin"]["id"].line(64);
  fill_severity(record, finding);
}

// Somebody accepted the risk or changed the severity in Tenable; what it was before is evidence.
void fill_modification(const Record& record, Finding& finding) {
  const Node type = record["severity_modification_type"];
  if (!type || type.is("NONE") || type.raw().empty()) return;
  finding.source_status = type.line(64);
  const Severity before = severity_of_id(record["severity_default_id"]);
  if (before != Severity::unknown && before != finding.severity) {
    finding.source_status += ", was " + std::string(to_text(before));
  }
  if (const std::string why = record["recast_reason"].line(500); !why.empty()) {
    finding.source_status += ": " + why;
  }
}

void fill_state(const Record& record, Finding& finding) {
  const Node state = record["state"];
  if (state.is("OPEN") || state.is("ACTIVE") || state.is("NEW")) finding.status = Status::open;
  if (state.is("REOPENED") || state.is("RESURFACED")) finding.status = Status::reopened;
  if (state.is("FIXED")) finding.status = Status::fixed;
  finding.first_seen =
      time_of(record.node.first_of({"first_found", "first_observed", "first_seen"}));
  finding.last_seen = time_of(record.node.first_of({"last_found", "last_observed", "last_seen"}));
}

void fill_vulnerability(const Record& record, Finding& finding) {
  const Node plugin = record["plugin"];
  PluginFields fields(plugin);
  fields.add("plugin_output", record["output"]);
  fields.put(finding);
  name_and_rate(record, finding);
  finding.title = plugin["name"].line(500);
  fill_threat(plugin, finding);
  fill_patch(record, finding);
  finish_nessus_fields(finding);
  fill_port(record, finding);
  fill_modification(record, finding);
}

// ---- checks of a configuration

CheckResult result_of(const Node& status) {
  if (status.is("PASSED")) return CheckResult::passed;
  if (status.is("FAILED")) return CheckResult::failed;
  return status.is("WARNING") ? CheckResult::warning : CheckResult::error;
}

// As for the same checks in a .nessus file.
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

void add_value(Finding& finding, const char* label, const Node& value) {
  const std::string text = value.text();
  if (!trim(text).empty()) add_evidence(finding, label + std::string(trim(text)));
}

void fill_check(const Record& record, Finding& finding) {
  finding.kind = Kind::compliance;
  finding.native_id = record["plugin_id"].line(64);
  Location& location = finding.location;
  location.check = record["check_name"].line(500);
  location.check_id = record["check_id"].line(200);
  location.benchmark = record["compliance_benchmark_name"].line(200);
  if (finding.native_id.empty()) finding.native_id = location.check_id;
  finding.check_list = record.node.first_of({"compliance_benchmark_name", "audit_file"}).line(200);
  finding.title = location.check;
  finding.check_result = result_of(record["status"]);
  finding.severity = severity_of(finding.check_result);
  finding.severity_source = "result";
  finding.synopsis = record["synopsis"].line(2000);
  finding.description = record.node.first_of({"check_info", "description"}).text();
  finding.fix.solution = record["solution"].text();
  add_value(finding, "expected value: ", record["expected_value"]);
  add_value(finding, "actual value: ", record["actual_value"]);
  add_value(finding, "error: ", record["check_error"]);
  for (const Node one : record["reference"].items()) {
    add_text(finding.xrefs, one["framework"].line(100) + ":" + one["control"].line(100));
  }
  add_refs(finding, record["see_also"]);
  fill_modification(record, finding);
}

class TenableReader : public RecordReader {
 public:
  // Records of one asset follow each other.
  ScannedHost host(const Record& record) override {
    const Node asset = record["asset"];
    std::string print = asset.print() + record["asset_uuid"].print();
    if (print != print_ || print.empty()) {
      host_ = one_name(host_of(asset, asset_id_of(record)), asset_id_of(record));
      print_ = std::move(print);
    }
    host_.authenticated = is_check(record) ? true : is_authenticated(record, asset);
    host_.seen_at = seen_at(record);
    return host_;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    if (is_check(record)) return false;
    name_and_rate(record, finding);
    fill_state(record, finding);
    return true;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    if (is_check(record)) {
      fill_check(record, finding);
    } else {
      fill_vulnerability(record, finding);
    }
    if (finding.title.empty()) finding.title = "plugin " + finding.native_id;
    fill_state(record, finding);
  }

 private:
  struct Names {
    std::string name;
    std::string address;
  };

  // Scans of one asset may have found it under several names and addresses; it is one machine.
  ScannedHost one_name(ScannedHost host, const std::string& id) {
    if (id.empty()) return host;
    if (known_.size() >= max_known && !known_.contains(id)) return host;
    const auto [known, added] = known_.try_emplace(id, Names{host.name, host.address});
    if (added) return host;
    std::swap(host.name, known->second.name);
    std::swap(host.address, known->second.address);
    add_alias(host, known->second.name);
    add_alias(host, known->second.address);
    known->second = {host.name, host.address};
    return host;
  }

  std::string print_;  ///< of the asset that host_ was made of
  ScannedHost host_;
  static constexpr std::size_t max_known = 100000;
  std::unordered_map<std::string, Names> known_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<TenableReader>(); }

// The output of a plugin may be longer than what a format is recognised by, so what stands before
// it must do.
constexpr std::array<std::string_view, 5> marks{"/*/plugin/id /*/asset/uuid",
                                                "/*/asset/uuid /*/asset/hostname",
                                                "/*/asset/uuid /*/asset/operating_system",
                                                "/*/check_name /*/audit_file",
                                                "/*/check_name /*/check_id"};
constexpr std::array<std::string_view, 5> line_marks{"/plugin/id /asset/uuid",
                                                     "/asset/uuid /asset/hostname",
                                                     "/asset/uuid /asset/operating_system",
                                                     "/check_name /audit_file",
                                                     "/check_name /check_id"};
constexpr std::array<RecordPath, 1> records{{{0, "/*"}}};
constexpr std::array<RecordPath, 1> line_records{{{0, ""}}};

}  // namespace

const RecordFormat tenable_export{"tenable-export",
                                  "Tenable Vulnerability Management export",
                                  "tenable",
                                  marks,
                                  walk_json,
                                  records,
                                  {},
                                  make_reader};
const RecordFormat tenable_export_lines{"tenable-export",
                                        "Tenable Vulnerability Management export",
                                        "tenable",
                                        line_marks,
                                        walk_json,
                                        line_records,
                                        {},
                                        make_reader};

}  // namespace patchbot
