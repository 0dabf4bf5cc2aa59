// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/inventory.hpp"

namespace patchbot {

/// Which of the expected machines a scan reached.
struct Coverage {
  std::uint64_t expected = 0;
  std::vector<const Target*> missing;  ///< expected, still there, never scanned
  std::vector<const Target*> gone;     ///< terminated while the scan ran
};

/// Whether the target had to be scanned: a single machine that is not known to be down.
bool is_expected(const Target& target);

/// `reached[i]` tells of targets[i]. With `after`, the inventory after the scan, a machine that it
/// no longer lists as running is gone, not missing.
Coverage check_coverage(const Inventory& inventory,
                        const std::vector<bool>& reached,
                        const Inventory* after);

}  // namespace patchbot
