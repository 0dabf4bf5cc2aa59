// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "cli/net_flags.hpp"
#include "model/config.hpp"
#include "services/jenkins.hpp"

namespace patchbot {

/// The Jenkins of the configuration, with PATCHBOT_JENKINS_USER and PATCHBOT_JENKINS_TOKEN (or
/// _TOKEN_FILE); null if none is configured. Throws Error(usage) for one without the other.
std::unique_ptr<Jenkins> open_jenkins(const Config& config, cli::World& world, const cli::Net& net);

}  // namespace patchbot
