// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/log.hpp"
#include "cli/exit.hpp"
#include "model/shard.hpp"

namespace patchbot {

/// Makes one report of these shards, in their order, and says what it lacks: a shard that is not
/// there, one whose scan was cut short, one of another list of targets or of another week. Then the
/// status is Exit::input and the report is there all the same. A `whole` shard that this report is
/// itself is marked behind it. Throws Error(input) where two files are the same shard or not of one
/// set, or one is no whole report; Error(usage) where `output` cannot be written.
cli::Exit merge_shards(const std::vector<std::string>& files,
                       const std::string& output,
                       const Shard* whole,
                       Log& log);

}  // namespace patchbot
