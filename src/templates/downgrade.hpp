// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/branch_history.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// The rule downgrade, by the past of the target branch: an AMI comes back that was there before.
void add_downgrades(PullRequest& request, BranchHistory& history);

}  // namespace patchbot
