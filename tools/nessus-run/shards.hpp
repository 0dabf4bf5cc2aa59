// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/shard.hpp"

namespace patchbot {

/// "2/5" of --shard. Throws Error(usage).
Shard parse_shard(const std::string& text);

/// The targets of this shard, which is told how many they are and of which list. Which shard takes
/// a target depends on nothing but the target: calls that read the list at different times take
/// none twice.
std::vector<std::string> take_shard(Shard& shard, const std::vector<std::string>& targets);

/// The parts that are scanned one after another, each of at most `most` targets (0: all of them at
/// once).
std::vector<std::vector<std::string>> in_parts(const std::vector<std::string>& targets,
                                               std::size_t most);

/// The same in whatever order they come.
std::string digest_of(const std::vector<std::string>& targets);

}  // namespace patchbot
