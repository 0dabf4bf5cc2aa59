// SPDX-License-Identifier: Apache-2.0
#include "formats/waivers_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>

#include "formats/strict_yaml.hpp"
#include "model/inventory.hpp"

namespace patchbot {
namespace {

StrictYaml::Read into(std::string& text, std::string_view what) {
  return [&text, what](const YAML::Node& node) { text = StrictYaml::text(node, what); };
}

StrictYaml::Read into(std::vector<std::string>& globs, std::string_view what) {
  return [&globs, what](const YAML::Node& node) { globs = StrictYaml::texts(node, what); };
}

void check_teams(const YAML::Node& node, const WaiverMatch& match, const Config& config) {
  if (config.teams.empty()) return;
  std::vector<std::string_view> known{unowned};
  for (const auto& [name, team] : config.teams) known.push_back(name);
  for (const std::string& team : match.team) {
    const bool glob = team.find_first_of("*?") != std::string::npos;
    if (!glob && std::find(known.begin(), known.end(), team) == known.end()) {
      StrictYaml::fail(node,
                       "team '" + team + "' is not in the configuration; " +
                           StrictYaml::suggestion(team, known));
    }
  }
}

WaiverMatch read_match(const YAML::Node& node, const Config& config) {
  WaiverMatch match;
  StrictYaml::mapping(node,
                      "match",
                      {{"id", into(match.id, "id")},
                       {"cve", into(match.cve, "cve")},
                       {"check", into(match.check, "check")},
                       {"package", into(match.package, "package")},
                       {"asset", into(match.asset, "asset")},
                       {"team", into(match.team, "team")},
                       {"environment", into(match.environment, "environment")}});
  if (match.id.empty() && match.cve.empty() && match.check.empty() && match.package.empty()) {
    StrictYaml::fail(node,
                     "match needs at least one of id, cve, check, package: a waiver accepts "
                     "a known risk, not everything");
  }
  for (const auto* globs : {&match.id, &match.cve, &match.check, &match.package}) {
    for (const std::string& glob : *globs) {
      if (glob.find_first_not_of("*?") != std::string::npos) continue;
      StrictYaml::fail(node, "'" + glob + "' would match everything: name what is accepted");
    }
  }
  check_teams(node, match, config);
  return match;
}

Date read_expiry(const YAML::Node& node) {
  const std::string text = StrictYaml::text(node, "expires");
  const auto day = parse_date(text);
  if (!day) StrictYaml::fail(node, "expires: '" + text + "' is no date; expected YYYY-MM-DD");
  return *day;
}

Waiver read_waiver(const YAML::Node& node, const Config& config) {
  Waiver waiver;
  StrictYaml::mapping(
      node,
      "a waiver",
      {{"id", into(waiver.id, "id"), true},
       {"match", [&](const YAML::Node& n) { waiver.match = read_match(n, config); }, true},
       {"owner", into(waiver.owner, "owner"), true},
       {"reason", into(waiver.reason, "reason"), true},
       {"expires", [&](const YAML::Node& n) { waiver.expires = read_expiry(n); }, true},
       {"ticket", into(waiver.ticket, "ticket")},
       {"approver", into(waiver.approver, "approver")}});
  waiver.position = StrictYaml::position_of(node);
  return waiver;
}

}  // namespace

std::vector<Waiver> parse_waivers(std::string_view text, const Config& config) {
  std::vector<Waiver> waivers;
  const auto read_item = [&](const YAML::Node& node) {
    Waiver waiver = read_waiver(node, config);
    for (const Waiver& known : waivers) {
      if (known.id != waiver.id) continue;
      StrictYaml::fail(node,
                       "waiver id '" + waiver.id + "' is given twice; first in line " +
                           std::to_string(known.position.line));
    }
    waivers.push_back(std::move(waiver));
  };
  const auto read_schema = [](const YAML::Node& node) {
    const std::string schema = StrictYaml::text(node, "schema");
    if (schema != "patchbot.waivers/1") {
      StrictYaml::fail(node, "schema '" + schema + "' is not known; expected patchbot.waivers/1");
    }
  };
  StrictYaml::parse(text, [&](const YAML::Node& root) {
    StrictYaml::mapping(
        root,
        "the waivers file",
        {{"schema", read_schema, true},
         {"waivers",
          [&](const YAML::Node& n) { StrictYaml::each_item(n, "waivers", read_item); },
          true}});
  });
  return waivers;
}

}  // namespace patchbot
