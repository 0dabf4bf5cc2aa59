// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/inventory.hpp"

namespace patchbot {

/// One target as a compact JSON object, in the order of docs/schema/inventory-1.schema.json; what
/// is unknown is left out. Whoever builds a Target has cleaned its texts.
std::string to_json(const Target& target);

/// The document around the targets, so that a large inventory need not be in memory: the head, each
/// target behind first_target or next_target, the tail.
std::string inventory_head(const InventoryHead& head);
constexpr std::string_view first_target = "\n";
constexpr std::string_view next_target = ",\n";
constexpr std::string_view inventory_tail = "\n]}\n";

/// The whole document, one target per line.
std::string to_json(const Inventory& inventory);

}  // namespace patchbot
