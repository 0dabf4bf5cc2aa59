// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "model/inventory.hpp"

namespace patchbot {

/// The inventory of ec2-targets (docs/schema/inventory-1.schema.json). Throws Error(input).
Inventory parse_inventory(std::string_view text);

/// The same without keeping the targets: each goes to `take` as soon as it is read. What is wrong
/// further on is thrown after the targets before it were taken.
InventoryHead parse_inventory(std::string_view text, const std::function<void(Target&&)>& take);

/// Either form that --targets takes: JSON if the text begins with '{', else a plain list.
Inventory parse_targets(std::string_view text);

/// The same without keeping the targets, see parse_inventory.
InventoryHead read_targets(std::string_view text, const std::function<void(Target&&)>& take);

}  // namespace patchbot
