// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/image.hpp"
#include "templates/staging_branch.hpp"
#include "templates/staging_servers.hpp"

namespace patchbot {

/// What can tell whether staging had an AMI. Null is what nobody has given.
struct StagingEvidence {
  const StagingBranch* branch = nullptr;
  const StagingServers* servers = nullptr;
  const ImageCatalogue* images = nullptr;  ///< which AMIs are copies of one bake
  std::chrono::seconds soak{};
  Time now{};
};

/// The rule staging-first: production gets an AMI that staging never had on the target branch, or
/// has had for less than the soak time, or that no server of staging runs. What the evidence does
/// not tell goes to `unchecked`. Scopes must have been added.
void add_staging_first(PullRequest& request, const StagingEvidence& evidence);

}  // namespace patchbot
