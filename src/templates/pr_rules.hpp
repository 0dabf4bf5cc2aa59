// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/environments.hpp"
#include "model/finding.hpp"
#include "templates/ami_changes.hpp"

namespace patchbot {

/// What a rule says of a changed template. Rules are named in docs/cfn-pr-checker.md.
struct RuleHit {
  std::string_view id;
  GateLevel level;
  std::string message;
  Position place;
};

/// The rules that need nothing but both versions of one template: duplicate-key, unsupported-yaml,
/// one-ami-in-two-regions, old-ami, partial-bump, unused-ami, other-changes.
std::vector<RuleHit> offline_rules(const Template* base,
                                   const Template& head,
                                   const TemplateReview& review,
                                   const Environments& environments = Environments(Config()));

}  // namespace patchbot
