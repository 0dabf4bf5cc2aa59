// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/inventory.hpp"

namespace patchbot::fuzz {

/// What holds for every target, whatever list it came from: it can be named, in clean text.
void require_sound(const Inventory& inventory);

}  // namespace patchbot::fuzz
