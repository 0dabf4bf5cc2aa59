// SPDX-License-Identifier: Apache-2.0
#include "formats/summary_json.hpp"

#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

void write_counts(JsonWriter& json, const SeverityCounts& counts) {
  json.key("findings").open_object();
  for (Severity severity : severities_worst_first) json.count(to_text(severity), counts[severity]);
  json.close_object();
}

void write_compliance(JsonWriter& json, const Summary& summary) {
  json.key("compliance").open_object();
  const auto count = [&](CheckResult result) {
    json.count(to_text(result), summary.compliance[static_cast<std::size_t>(result)]);
  };
  for (CheckResult result :
       {CheckResult::passed, CheckResult::failed, CheckResult::warning, CheckResult::error}) {
    count(result);
  }
  if (summary.compliance[static_cast<std::size_t>(CheckResult::skipped)] > 0) {
    count(CheckResult::skipped);
  }
  json.close_object();
}

void write_inputs(JsonWriter& json, const std::vector<InputSummary>& inputs) {
  json.key("inputs").open_array();
  for (const InputSummary& input : inputs) {
    json.open_object()
        .member("file", input.file)
        .member("format", input.format)
        .key("complete")
        .boolean(input.complete)
        .count("hosts", input.hosts)
        .count("items", input.items)
        .key("problem");
    if (input.problem.empty()) {
      json.null();
    } else {
      json.text(input.problem);
    }
    json.close_object();
  }
  json.close_array();
}

void write_teams(JsonWriter& json, const Summary& summary) {
  json.key("teams").open_object();
  for (const auto& [name, team] : summary.teams) {
    json.outside_key(name).open_object();
    write_counts(json, team.findings);
    json.count("waived", team.waived).member("verdict", verdict_text(team.worst)).close_object();
  }
  json.close_object();
}

void write_gate(JsonWriter& json, const Summary& summary) {
  json.key("gate").open_object().member("verdict", verdict_text(summary.verdict()));
  json.key("reasons").open_array();
  for (const GateReason& reason : summary.reasons) {
    json.open_object()
        .member("rule", reason.rule)
        .member("level", to_text(reason.level))
        .count("count", reason.count)
        .member("example", reason.example)
        .close_object();
  }
  json.close_array().key("levels").open_object();
  for (GateLevel level : {GateLevel::fail, GateLevel::warn, GateLevel::note, GateLevel::none}) {
    json.count(to_text(level), summary.levels[static_cast<std::size_t>(level)]);
  }
  json.close_object().close_object();
}

void write_newly_exploited(JsonWriter& json, const ExploitedSince& listed) {
  json.key("newly_exploited").open_object().member("since", to_date_text(listed.since));
  json.key("vulnerabilities").open_array();
  for (const ExploitedVulnerability& vulnerability : listed.vulnerabilities) {
    json.open_object()
        .member("id", vulnerability.id)
        .member("added", to_date_text(vulnerability.added))
        .count("findings", vulnerability.findings)
        .count("waived", vulnerability.waived)
        .key("teams")
        .open_array();
    for (const std::string& team : vulnerability.teams) json.text(team);
    json.close_array().close_object();
  }
  json.close_array().close_object();
}

}  // namespace

std::string to_summary_json(const Summary& summary) {
  std::string out;
  JsonWriter json(out);
  json.open_object().member("schema", "patchbot.summary/1");
  write_counts(json, summary.findings);
  write_compliance(json, summary);
  json.count("waived", summary.waived);
  if (summary.fixed > 0) json.count("fixed", summary.fixed);
  json.count("hosts_expected", summary.hosts_expected)
      .count("hosts_scanned", summary.hosts_scanned)
      .count("hosts_gone", summary.hosts_gone)
      .count("hosts_unauthenticated", summary.hosts_unauthenticated);
  write_inputs(json, summary.inputs);
  write_teams(json, summary);
  write_gate(json, summary);
  if (summary.newly_exploited) write_newly_exploited(json, *summary.newly_exploited);
  json.close_object();
  out += '\n';
  return out;
}

}  // namespace patchbot
