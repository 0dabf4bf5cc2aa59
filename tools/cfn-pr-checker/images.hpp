// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cfn_pr_checker.hpp"
#include "model/config.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Judges the AMIs of the pull request by what --images names: EC2, a recorded catalogue, or their
/// ids alone. `net` is the way to the services if one is open already, else null. Writes
/// --save-images. Throws Error(usage) for flags and missing credentials, Error(input) for a
/// catalogue that cannot be read, Error(remote) if AWS lets us ask nothing.
void check_images(const CfnPrChecker& flags,
                  const Config& settings,
                  cli::World& world,
                  const cli::Net* net,
                  PullRequest& request);

/// Whether an AMI could not be judged because AWS did not answer, and that is more than a note.
bool lacks_answers(const PullRequest& request);

}  // namespace patchbot
