// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "templates/pr_rules.hpp"

namespace patchbot {

/// The rules on what deploying a changed template does to servers: does-not-roll,
/// stateful-replacement, literal-ami and unresolved-ami. What is new in a template has no servers
/// yet.
std::vector<RuleHit> server_rules(const TemplateNode& head, const TemplateReview& review);

}  // namespace patchbot
