// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/log.hpp"

namespace patchbot {

/// What --targets names, as a scanner takes it: of each machine that runs its first address, each
/// once, in order. Empty if no file is named. Warns of a list that is partial and of machines
/// without an address. Throws Error(input) for a file that cannot be read, or names nothing.
std::vector<std::string> read_scan_targets(const std::string& file, Log& log);

}  // namespace patchbot
