// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/gate_level.hpp"

namespace patchbot {

/// What cfn-pr-checker can say of a pull request. docs/rules/ has a page for each.
struct PullRequestRule {
  std::string_view id;
  GateLevel level;         ///< unless the configuration says otherwise; none: it is not checked
  std::string_view about;  ///< one sentence
};

std::span<const PullRequestRule> pull_request_rules();

/// All ids, for suggestions.
std::vector<std::string_view> pull_request_rule_ids();

/// none if there is no such rule.
const PullRequestRule* pull_request_rule(std::string_view id);

}  // namespace patchbot
