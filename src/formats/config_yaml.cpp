// SPDX-License-Identifier: Apache-2.0
#include "formats/config_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "formats/aws_yaml.hpp"
#include "formats/owners_yaml.hpp"
#include "formats/policy_yaml.hpp"
#include "formats/pull_requests_yaml.hpp"
#include "formats/security_monkey_yaml.hpp"
#include "formats/status_yaml.hpp"
#include "formats/strict_yaml.hpp"
#include "formats/team_names.hpp"
#include "model/environments.hpp"

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

// The policies that gates name; they may stand before the policies in the file.
class PolicyReferences {
 public:
  std::string add(const YAML::Node& node) {
    names_.emplace_back(StrictYaml::text(node, "policy"), node);
    return names_.back().first;
  }

  /// Presets that are named become policies of the configuration.
  void resolve(Config& config) const {
    for (const auto& [name, node] : names_) {
      if (has(config, name)) continue;
      auto preset = preset_policy(name);
      if (!preset) fail(config, name, node);
      config.policies.push_back(*std::move(preset));
    }
  }

 private:
  static bool has(const Config& config, const std::string& name) {
    return std::any_of(config.policies.begin(), config.policies.end(), [&](const Policy& policy) {
      return policy.name == name;
    });
  }

  [[noreturn]] static void fail(const Config& config,
                                const std::string& name,
                                const YAML::Node& node) {
    std::vector<std::string_view> known = preset_names();
    for (const Policy& policy : config.policies) known.emplace_back(policy.name);
    StrictYaml::fail(node,
                     "policy '" + name + "' is not known; " + StrictYaml::suggestion(name, known));
  }

  std::vector<std::pair<std::string, YAML::Node>> names_;
};

using EnvironmentPolicies = std::map<std::string, std::string>;

GateSettings read_gate(const YAML::Node& node,
                       std::string_view what,
                       PolicyReferences& references,
                       EnvironmentPolicies* environments) {
  GateSettings gate;
  StrictYaml::mapping(
      node,
      what,
      {{"fail_on", [&](const YAML::Node& n) { gate.fail_on = read_threshold(n, "fail_on"); }},
       {"warn_on", [&](const YAML::Node& n) { gate.warn_on = read_threshold(n, "warn_on"); }},
       {"policy", [&](const YAML::Node& n) { gate.policy = references.add(n); }},
       {"environments", [&](const YAML::Node& n) {
          if (environments == nullptr) {
            StrictYaml::fail(n,
                             std::string(what) + " cannot have environments; the common gate can");
          }
          StrictYaml::each_entry(
              n, "environments", [&](const std::string& name, const YAML::Node& p) {
                environments->emplace(name, references.add(p));
              });
        }}});
  if (!gate.policy.empty() && (gate.fail_on || gate.warn_on)) {
    StrictYaml::fail(node, std::string(what) + " has a policy and thresholds; one of them decides");
  }
  return gate;
}

TeamSettings read_team(const std::string& name,
                       const YAML::Node& node,
                       PolicyReferences& references) {
  TeamSettings team;
  const std::string what = "team '" + name + "'";
  StrictYaml::mapping(
      node,
      what,
      {{"description",
        [&](const YAML::Node& n) { team.description = StrictYaml::text(n, "description"); }},
       {"contact", [&](const YAML::Node& n) { team.contact = StrictYaml::text(n, "contact"); }},
       {"gate", [&](const YAML::Node& n) {
          team.gate = read_gate(n, "gate of " + what, references, nullptr);
        }}});
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
  PolicyReferences policies;
  const auto read_teams = [&](const YAML::Node& node) {
    StrictYaml::each_entry(node, "teams", [&](const std::string& name, const YAML::Node& team) {
      check_team_name(name, team);
      check_team_is_new(name, team, config);
      config.teams.emplace(name, read_team(name, team, policies));
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
         {"gate",
          [&](const YAML::Node& n) {
            config.gate = read_gate(n, "gate", policies, &config.environment_policies);
          }},
         {"policies", [&](const YAML::Node& n) { config.policies = read_policies(n, references); }},
         {"aws", [&](const YAML::Node& n) { config.aws = read_aws(n, references); }},
         {"security_monkey",
          [&](const YAML::Node& n) { config.security_monkey = read_security_monkey(n); }},
         {"owners", [&](const YAML::Node& n) { config.owners = read_owners(n, references); }},
         {"environments", [&](const YAML::Node& n) { config.environments = read_environments(n); }},
         {"pull_requests",
          [&](const YAML::Node& n) { config.pull_requests = read_pull_requests(n); }},
         {"status", [&](const YAML::Node& n) { config.status = read_status(n); }}});
  });
  references.check(config);
  policies.resolve(config);
  if (const std::string twice = settle_environments(config); !twice.empty()) {
    throw Error(Blame::usage,
                "gate: environments: '" + twice +
                    "' is there twice, in two spellings of the same environment");
  }
  return config;
}

}  // namespace patchbot
