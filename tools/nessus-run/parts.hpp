// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "model/shard.hpp"
#include "stage.hpp"

namespace patchbot {

/// Scans the targets, in one scan or in several one after another (--max-hosts-per-scan), and
/// writes one report of all. `shard`, if it is one, is marked behind it. Throws Error(remote) and
/// Error(usage).
cli::Exit scan(const Stage& stage, const std::vector<std::string>& targets, const Shard* shard);

}  // namespace patchbot
