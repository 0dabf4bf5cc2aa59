// SPDX-License-Identifier: Apache-2.0
#include "rules/gate.hpp"

#include <algorithm>
#include <optional>

namespace patchbot {
namespace {

Threshold first_given(std::initializer_list<std::optional<Threshold>> choices, Severity otherwise) {
  for (const auto& choice : choices) {
    if (choice) return *choice;
  }
  return otherwise;
}

GateRule severity_rule(std::string id, GateLevel level, Severity severity) {
  GateRule rule{std::move(id), level, {}};
  rule.when.severity = severity;
  return rule;
}

bool has_thresholds(const GateSettings& gate) { return gate.fail_on || gate.warn_on; }

}  // namespace

Policy threshold_policy(Threshold fail_on, Threshold warn_on) {
  Policy policy;
  policy.name = "thresholds";
  if (fail_on) {
    policy.rules.push_back(
        severity_rule("fail-on-" + std::string(to_text(*fail_on)), GateLevel::fail, *fail_on));
  }
  if (warn_on) {
    policy.rules.push_back(
        severity_rule("warn-on-" + std::string(to_text(*warn_on)), GateLevel::warn, *warn_on));
  }
  policy.rules.push_back(severity_rule("unknown-severity", GateLevel::warn, Severity::unknown));
  return policy;
}

bool is_severity_only(const Policy& policy) {
  return policy.sla.empty() &&
         std::all_of(policy.rules.begin(), policy.rules.end(), [](const GateRule& rule) {
           return is_severity_only(rule.when);
         });
}

GateDecision check_gate(const Policy& policy, Severity severity) {
  Finding finding;
  finding.severity = severity;
  return check_gate(policy, Subject{finding}).decision;
}

GateVerdict check_gate(const Policy& policy, const Subject& subject) {
  GateVerdict verdict;
  for (const GateRule& rule : policy.rules) {
    const Truth truth = check_condition(rule.when, subject);
    if (truth == Truth::undecided) verdict.undecided.push_back(&rule);
    if (truth != Truth::yes) continue;
    verdict.decision = {rule.level, rule.id};
    break;
  }
  std::erase_if(verdict.undecided,
                [&verdict](const GateRule* rule) { return rule->level <= verdict.decision.level; });
  return verdict;
}

Policies::Policies(const Config& config, const GateSettings& flags) {
  for (const auto& [environment, policy] : config.environment_policies) {
    environments_.push_back(environment);
  }
  std::vector<std::string> all = environments_;
  all.emplace_back();  // every other one
  for (const std::string& environment : all) {
    policies_[{"", environment}] = make(config, flags, {}, environment);
    for (const auto& [name, team] : config.teams) {
      policies_[{name, environment}] = make(config, flags, team.gate, environment);
    }
  }
}

Policy Policies::make(const Config& config,
                      const GateSettings& flags,
                      const GateSettings& team,
                      const std::string& environment) {
  std::string name = team.policy;
  if (name.empty() && !has_thresholds(team)) {
    const auto own = config.environment_policies.find(environment);
    name = own == config.environment_policies.end() ? config.gate.policy : own->second;
  }
  const bool by_policy = !name.empty() && !has_thresholds(flags);
  const auto policy = std::find_if(config.policies.begin(),
                                   config.policies.end(),
                                   [&name](const Policy& known) { return known.name == name; });
  if (by_policy && policy != config.policies.end()) return *policy;
  return threshold_policy(
      first_given({flags.fail_on, team.fail_on, config.gate.fail_on}, Severity::critical),
      first_given({flags.warn_on, team.warn_on, config.gate.warn_on}, Severity::high));
}

const Policy& Policies::of(const std::string& team, const std::string& environment) const {
  const bool own =
      std::find(environments_.begin(), environments_.end(), environment) != environments_.end();
  const std::string& key = own ? environment : std::string();
  const auto found = policies_.find({team, key});
  return found == policies_.end() ? policies_.at({"", key}) : found->second;
}

}  // namespace patchbot
