// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit.hpp"
#include "stage.hpp"

namespace patchbot {

/// Fetches what the latest run of --scan found, once that has ended. Throws Error(remote), also
/// where it does not end in time, and Error(usage).
cli::Exit export_latest(const Stage& stage);

}  // namespace patchbot
