// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "service.hpp"

namespace patchbot::bench {

/// The scanned instances as a `patchbot.inventory/1` document.
std::string inventory_json(const std::vector<Instance>& instances);

}  // namespace patchbot::bench
