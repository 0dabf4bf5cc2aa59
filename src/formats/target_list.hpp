// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "model/inventory.hpp"

namespace patchbot {

/// A plain list: an address, host name, CIDR or range per line, # comments, optionally a tab and
/// the team. Throws Error(input) with the line for what cannot be a target.
Inventory parse_target_list(std::string_view text);

/// The same without keeping the targets: each goes to `take` as soon as it is read.
void parse_target_list(std::string_view text, const std::function<void(Target&&)>& take);

/// Whether the text names more than one machine: a CIDR or an address range.
bool is_range(std::string_view text);

}  // namespace patchbot
