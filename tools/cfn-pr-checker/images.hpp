// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cfn_pr_checker.hpp"
#include "model/config.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Judges the AMIs of the pull request by what --images names: EC2, a recorded catalogue, or their
/// ids alone. Writes --save-images. Throws Error(usage) for flags and missing credentials,
/// Error(input) for a catalogue that cannot be read, Error(remote) if AWS lets us ask nothing.
void check_images(const CfnPrChecker& flags,
                  const Config& settings,
                  cli::World& world,
                  PullRequest& request);

/// Whether an AMI could not be judged because AWS did not answer, and that is more than a note.
bool lacks_answers(const PullRequest& request);

/// What is known of an image besides its id, " (web-2026-11-15, 11 days)"; empty if nothing is.
std::string image_note(const std::optional<Image>& image, Time as_of);

/// What the verdict on images goes by, in one line; empty where nothing is left out.
std::string images_note(const PullRequest& request);

}  // namespace patchbot
