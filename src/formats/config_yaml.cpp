// SPDX-License-Identifier: Apache-2.0
#include "formats/config_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "formats/aws_yaml.hpp"
#include "formats/owners_yaml.hpp"
#include "formats/security_monkey_yaml.hpp"
#include "formats/strict_yaml.hpp"
#include "formats/team_names.hpp"

namespace patchbot {
namespace {

const std::vector<std::string_view>& threshold_words() {
  static const std::vector<std::string_view> words{
      "critical", "high", "medium", "low", "info", "none"};
  return words;
}

Threshold read_threshold(const YAML::Node& node, std::string_view what) {
  const std::string word = StrictYaml::text(node, what);
  const auto threshold = parse_threshold(word);
  if (!threshold) {
    StrictYaml::fail(node,
                     std::string(what) + ": '" + word + "' is no severity; " +
                         StrictYaml::suggestion(word, threshold_words()));
  }
  return *threshold;
}

GateSettings read_gate(const YAML::Node& node, std::string_view what) {
  GateSettings gate;
  StrictYaml::mapping(
      node,
      what,
      {{"fail_on", [&](const YAML::Node& n) { gate.fail_on = read_threshold(n, "fail_on"); }},
       {"warn_on", [&](const YAML::Node& n) { gate.warn_on = read_threshold(n, "warn_on"); }}});
  return gate;
}

TeamSettings read_team(const std::string& name, const YAML::Node& node) {
  TeamSettings team;
  const std::string what = "team '" + name + "'";
  StrictYaml::mapping(
      node,
      what,
      {{"description",
        [&](const YAML::Node& n) { team.description = StrictYaml::text(n, "description"); }},
       {"contact", [&](const YAML::Node& n) { team.contact = StrictYaml::text(n, "contact"); }},
       {"gate", [&](const YAML::Node& n) { team.gate = read_gate(n, "gate of " + what); }}});
  return team;
}

// Tags are compared without case, so they could not tell the two apart.
void check_team_is_new(const std::string& name, const YAML::Node& node, const Config& config) {
  const auto alike = [&name](const auto& known) { return equals_nocase(name, known.first); };
  const auto found = std::find_if(config.teams.begin(), config.teams.end(), alike);
  if (found == config.teams.end()) return;
  StrictYaml::fail(node, "teams: '" + name + "' is the same as '" + found->first + "'");
}

}  // namespace

std::optional<Threshold> parse_threshold(std::string_view word) {
  const auto& words = threshold_words();
  if (std::find(words.begin(), words.end(), to_lower(word)) == words.end()) return {};
  return equals_nocase(word, "none") ? Threshold() : Threshold(parse_severity(word));
}

Config parse_config(std::string_view text) {
  Config config;
  TeamReferences references;
  const auto read_teams = [&config](const YAML::Node& node) {
    StrictYaml::each_entry(node, "teams", [&](const std::string& name, const YAML::Node& team) {
      check_team_name(name, team);
      check_team_is_new(name, team, config);
      config.teams.emplace(name, read_team(name, team));
    });
  };
  const auto read_schema = [](const YAML::Node& node) {
    const std::string schema = StrictYaml::text(node, "schema");
    if (schema != "patchbot.config/1") {
      StrictYaml::fail(node, "schema '" + schema + "' is not known; expected patchbot.config/1");
    }
  };
  StrictYaml::parse(text, [&](const YAML::Node& root) {
    StrictYaml::mapping(
        root,
        "the configuration",
        {{"schema", read_schema, true},
         {"teams", read_teams},
         {"gate", [&](const YAML::Node& n) { config.gate = read_gate(n, "gate"); }},
         {"aws", [&](const YAML::Node& n) { config.aws = read_aws(n, references); }},
         {"security_monkey",
          [&](const YAML::Node& n) { config.security_monkey = read_security_monkey(n); }},
         {"owners", [&](const YAML::Node& n) { config.owners = read_owners(n, references); }},
         {"environments",
          [&](const YAML::Node& n) { config.environments = read_environments(n); }}});
  });
  references.check(config);
  return config;
}

}  // namespace patchbot
