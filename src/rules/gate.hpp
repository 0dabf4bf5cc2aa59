// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/config.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// One line of a policy: which findings, and how bad that is. The first rule that matches decides.
struct GateRule {
  std::string id;
  GateLevel level = GateLevel::none;
  Severity at_least = Severity::unknown;  ///< unknown: matches only findings of unknown severity
};

using Policy = std::vector<GateRule>;

/// The policy of thresholds: fail, then warn, and always a warning for what has no known severity.
Policy threshold_policy(Threshold fail_on, Threshold warn_on);

GateDecision check_gate(const Policy& policy, Severity severity);

/// The policy of every team: flags before the team's own settings before the common ones before
/// the defaults (fail on critical, warn on high).
class Policies {
 public:
  Policies(const Config& config, const GateSettings& flags);

  const Policy& of(const std::string& team) const;

 private:
  Policy common_;
  std::map<std::string, Policy, std::less<>> by_team_;
};

}  // namespace patchbot
