// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/inventory.hpp"

namespace patchbot {

/// The inventory of ec2-targets (docs/schema/inventory-1.schema.json). Throws Error(input).
Inventory parse_inventory(std::string_view text);

/// Either form that --targets takes: JSON if the text begins with '{', else a plain list.
Inventory parse_targets(std::string_view text);

}  // namespace patchbot
