// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/pull_request.hpp"

namespace patchbot {

/// The rule one-ami-in-two-regions over all files of a pull request, once their scopes are known:
/// that of pr_rules looks at the maps of one template.
void add_region_rule(PullRequest& request);

}  // namespace patchbot
