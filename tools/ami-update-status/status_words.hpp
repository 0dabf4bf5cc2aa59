// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/patch_status.hpp"

namespace patchbot {

/// The stages of all services in the order in which an AMI goes through them: baked, staging and
/// what else there is, production.
std::vector<std::string> stages_in_order(const PatchStatus& status);

/// "pr-missing 5 d": the word, and for how long.
std::string stage_words(const Stage& stage, Time now);

/// How old the newest AMI is, after its name: "web-3, 5 d".
std::string newest_words(const ServiceStatus& service, Time now);

/// "it runs an AMI of 40 days, more than the 30 of --max-age".
std::string too_old_words(const Stage& stage, unsigned max_age);

}  // namespace patchbot
