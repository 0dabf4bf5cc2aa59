// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ami_update_status.hpp"
#include "model/config.hpp"
#include "model/patch_status.hpp"

namespace patchbot {

/// Asks everybody and judges what they say. Throws Error(usage) without credentials.
PatchStatus survey(const AmiUpdateStatus& flags, const Config& config, cli::World& world);

/// --check: tries to, line by line.
cli::Exit check_access(const AmiUpdateStatus& flags, const Config& config, cli::World& world);

}  // namespace patchbot
