// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace patchbot {

/// What the gate says of one finding, from nothing to the worst.
enum class GateLevel : std::uint8_t { none, note, warn, fail };
std::string_view to_text(GateLevel level);

}  // namespace patchbot
