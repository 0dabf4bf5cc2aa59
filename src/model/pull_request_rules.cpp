// SPDX-License-Identifier: Apache-2.0
#include "model/pull_request_rules.hpp"

#include <algorithm>
#include <array>

namespace patchbot {
namespace {

constexpr std::array<PullRequestRule, 26> rules{{
    {"malformed-template", GateLevel::fail, "The file cannot be read"},
    {"duplicate-key", GateLevel::fail, "A key stands twice, so a change to the first does nothing"},
    {"unsupported-yaml",
     GateLevel::fail,
     "CloudFormation refuses aliases, merge keys and the like"},
    {"one-ami-in-two-regions", GateLevel::fail, "An AMI belongs to one region"},
    {"old-ami", GateLevel::fail, "An id of 8 digits, made before 2018, replaces one of 17"},
    {"partial-bump", GateLevel::warn, "Some AMIs of a map change, and others in it stay"},
    {"unused-ami", GateLevel::warn, "Nothing refers to the AMI that changes"},
    {"does-not-roll",
     GateLevel::warn,
     "The AMI changes, and deploying the template does not replace the servers"},
    {"stateful-replacement",
     GateLevel::warn,
     "An instance is replaced, and what is on its own volumes is lost"},
    {"literal-ami", GateLevel::none, "An AMI is written into a resource itself"},
    {"unresolved-ami", GateLevel::note, "Which AMI it is, the template alone does not tell"},
    {"downgrade",
     GateLevel::fail,
     "An AMI comes back that a newer one had replaced, or an older one replaces it"},
    {"staging-first",
     GateLevel::fail,
     "Production gets an AMI that staging does not have, not for long enough, or does not run"},
    {"other-changes", GateLevel::warn, "Besides AMIs, other values change"},
    {"ami-not-found", GateLevel::fail, "The AMI does not exist where it is to be used"},
    {"ami-unknown", GateLevel::warn, "AWS could not be asked what the AMI is"},
    {"foreign-owner", GateLevel::fail, "The AMI belongs to an account that is not trusted"},
    {"ami-behind", GateLevel::warn, "There are newer bakes of the same AMI"},
    {"ami-deprecated", GateLevel::fail, "The owner of the AMI says not to use it any more"},
    {"ami-not-available", GateLevel::fail, "No server can start from the AMI"},
    {"blocked-ami", GateLevel::fail, "The configuration blocks the AMI"},
    {"wrong-architecture", GateLevel::fail, "The AMI is for other processors"},
    {"family-changed", GateLevel::warn, "The AMI is of another family than the one it replaces"},
    {"stale-catalogue", GateLevel::warn, "The recorded catalogue of AMIs misses a weekly bake"},
    {"cfn-lint", GateLevel::fail, "cfn-lint, where --lint asks for it, finds a mistake"},
    {"cfn-guard", GateLevel::fail, "cfn-guard, where --lint asks for it, finds a rule not met"},
}};

}  // namespace

std::span<const PullRequestRule> pull_request_rules() { return rules; }

std::vector<std::string_view> pull_request_rule_ids() {
  std::vector<std::string_view> ids;
  ids.reserve(rules.size());
  for (const PullRequestRule& rule : rules) ids.push_back(rule.id);
  return ids;
}

const PullRequestRule* pull_request_rule(std::string_view id) {
  const auto* const found = std::find_if(
      rules.begin(), rules.end(), [id](const PullRequestRule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : found;
}

}  // namespace patchbot
