// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/log.hpp"

namespace patchbot {

struct ScanTargets {
  std::vector<std::string> names;  ///< addresses, host names, ranges; each once, in order
  bool is_partial = false;         ///< the list says that it lacks machines
  std::size_t unreachable = 0;     ///< machines that run and have no address
};

/// What --targets names, as a scanner takes it: of each machine that runs its first address. Empty
/// if no file is named. Warns of what is not scanned. Throws Error(input) for a file that cannot be
/// read, or names nothing.
ScanTargets read_scan_targets(const std::string& file, Log& log);

}  // namespace patchbot
