// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cfn_pr_checker.hpp"
#include "model/config.hpp"
#include "model/image.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// What --images names: what EC2 says of the AMIs of the pull request, or a recorded catalogue;
/// nothing without the flag, which the pull request is told. `net` is the way to the services if
/// one is open already, else null. Writes
/// --save-images. Throws Error(usage) for flags and missing credentials, Error(input) for a
/// catalogue that cannot be read, Error(remote) if AWS lets us ask nothing.
std::optional<ImageCatalogue> find_images(const CfnPrChecker& flags,
                                          const Config& settings,
                                          cli::World& world,
                                          const cli::Net* net,
                                          PullRequest& request);

/// Whether an AMI could not be judged because AWS did not answer, and that is more than a note.
bool lacks_answers(const PullRequest& request);

}  // namespace patchbot
