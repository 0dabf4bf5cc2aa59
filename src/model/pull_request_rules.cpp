// SPDX-License-Identifier: Apache-2.0
#include "model/pull_request_rules.hpp"

#include <algorithm>
#include <array>

namespace patchbot {
namespace {

constexpr std::array<PullRequestRule, 10> rules{{
    {"malformed-template", GateLevel::fail, "The file cannot be read"},
    {"duplicate-key", GateLevel::fail, "A key stands twice, so a change to the first does nothing"},
    {"unsupported-yaml",
     GateLevel::fail,
     "CloudFormation refuses aliases, merge keys and the like"},
    {"one-ami-in-two-regions", GateLevel::fail, "An AMI belongs to one region"},
    {"old-ami", GateLevel::fail, "An id of 8 digits, made before 2018, replaces one of 17"},
    {"partial-bump", GateLevel::warn, "Some AMIs of a map change, and others in it stay"},
    {"unused-ami", GateLevel::warn, "Nothing refers to the AMI that changes"},
    {"downgrade", GateLevel::fail, "An AMI comes back that a newer one had replaced"},
    {"staging-first",
     GateLevel::fail,
     "Production gets an AMI that staging does not have, or not for long enough"},
    {"other-changes", GateLevel::warn, "Besides AMIs, other values change"},
}};

}  // namespace

std::span<const PullRequestRule> pull_request_rules() { return rules; }

std::vector<std::string_view> pull_request_rule_ids() {
  std::vector<std::string_view> ids;
  for (const PullRequestRule& rule : rules) ids.push_back(rule.id);
  return ids;
}

const PullRequestRule* pull_request_rule(std::string_view id) {
  const auto* const found = std::find_if(
      rules.begin(), rules.end(), [id](const PullRequestRule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : found;
}

}  // namespace patchbot
