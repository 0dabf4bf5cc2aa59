// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/config.hpp"
#include "model/finding.hpp"
#include "model/policy.hpp"
#include "rules/condition.hpp"

namespace patchbot {

/// The policy of thresholds: fail, then warn, and always a warning for what has no known severity.
Policy threshold_policy(Threshold fail_on, Threshold warn_on);

/// Whether severity alone decides, so that most records need not be read in full.
bool is_severity_only(const Policy& policy);

/// The decision of such a policy.
GateDecision check_gate(const Policy& policy, Severity severity);

/// What a policy says of a finding.
struct GateVerdict {
  GateDecision decision;
  /// Rules before the one that decided, and worse than it, that could not be decided.
  std::vector<const GateRule*> undecided;
};
GateVerdict check_gate(const Policy& policy, const Subject& subject);

/// The policy for every team and environment. Thresholds of the flags come before everything; then
/// what the team says, then the environment's policy, then the common gate, then the defaults (fail
/// on critical, warn on high).
class Policies {
 public:
  Policies(const Config& config, const GateSettings& flags);

  const Policy& of(const std::string& team, const std::string& environment) const;

 private:
  using Key = std::pair<std::string, std::string>;

  static Policy make(const Config& config,
                     const GateSettings& flags,
                     const GateSettings& team,
                     const std::string& environment);

  std::vector<std::string> environments_;
  std::map<Key, Policy> policies_;
};

}  // namespace patchbot
