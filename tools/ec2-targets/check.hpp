// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit.hpp"
#include "cli/world.hpp"
#include "ec2_targets.hpp"
#include "model/config.hpp"

namespace patchbot {

/// --check: tries credentials, roles and every permission without reading a machine, and writes a
/// line per attempt to standard output.
cli::Exit check_access(const Ec2Targets& flags, const Config& config, cli::World& world);

}  // namespace patchbot
