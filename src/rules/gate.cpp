// SPDX-License-Identifier: Apache-2.0
#include "rules/gate.hpp"

#include <optional>

namespace patchbot {
namespace {

Threshold first_given(std::initializer_list<std::optional<Threshold>> choices, Severity otherwise) {
  for (const auto& choice : choices) {
    if (choice) return *choice;
  }
  return otherwise;
}

bool matches(const GateRule& rule, Severity severity) {
  if (rule.at_least == Severity::unknown) return severity == Severity::unknown;
  return is_at_least(severity, rule.at_least);
}

}  // namespace

Policy threshold_policy(Threshold fail_on, Threshold warn_on) {
  Policy policy;
  if (fail_on) {
    policy.push_back({"fail-on-" + std::string(to_text(*fail_on)), GateLevel::fail, *fail_on});
  }
  if (warn_on) {
    policy.push_back({"warn-on-" + std::string(to_text(*warn_on)), GateLevel::warn, *warn_on});
  }
  policy.push_back({"unknown-severity", GateLevel::warn, Severity::unknown});
  return policy;
}

GateDecision check_gate(const Policy& policy, Severity severity) {
  for (const GateRule& rule : policy) {
    if (matches(rule, severity)) return {rule.level, rule.id};
  }
  return {};
}

Policies::Policies(const Config& config, const GateSettings& flags) {
  const auto policy_for = [&](const GateSettings& team) {
    return threshold_policy(
        first_given({flags.fail_on, team.fail_on, config.gate.fail_on}, Severity::critical),
        first_given({flags.warn_on, team.warn_on, config.gate.warn_on}, Severity::high));
  };
  common_ = policy_for({});
  for (const auto& [name, team] : config.teams) by_team_.emplace(name, policy_for(team.gate));
}

const Policy& Policies::of(const std::string& team) const {
  const auto found = by_team_.find(team);
  return found == by_team_.end() ? common_ : found->second;
}

}  // namespace patchbot
