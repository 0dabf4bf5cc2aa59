// SPDX-License-Identifier: Apache-2.0
#include "formats/team_names.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string_view>

#include "base/text.hpp"
#include "formats/strict_yaml.hpp"
#include "model/inventory.hpp"

namespace patchbot {

// Team names become file names and JUnit class names.
void check_team_name(const std::string& name, const YAML::Node& node) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  if (name.empty() || name.find_first_not_of(allowed) != std::string::npos) {
    StrictYaml::fail(node, "team name '" + name + "': use letters, digits, '-' and '_' only");
  }
  if (equals_nocase(name, reserved_team)) {
    StrictYaml::fail(node, "team name 'scan' is taken: TEST-patchbot-scan.xml is about the scan");
  }
}

std::string TeamReferences::read(const YAML::Node& node) {
  std::string team = StrictYaml::text(node, "team");
  check_team_name(team, node);
  teams_.emplace_back(team, StrictYaml::position_of(node));
  return team;
}

void TeamReferences::note(const std::vector<std::string>& globs, const YAML::Node& node) {
  for (const std::string& text : globs) {
    if (is_glob(text)) continue;
    teams_.emplace_back(text, StrictYaml::position_of(node));
  }
}

void TeamReferences::check(const Config& config) const {
  if (config.teams.empty()) return;
  std::vector<std::string_view> known{unowned};
  for (const auto& [name, team] : config.teams) known.push_back(name);
  for (const auto& [team, place] : teams_) {
    if (std::find(known.begin(), known.end(), team) != known.end()) continue;
    throw Error(
        Blame::usage,
        "team '" + team + "' is not among the teams; " + StrictYaml::suggestion(team, known),
        place);
  }
}

}  // namespace patchbot
