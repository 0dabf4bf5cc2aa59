// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "model/config.hpp"
#include "model/waiver.hpp"

namespace patchbot {

/// waivers.yaml (docs/schema/waivers-1.schema.json). Throws Error(usage) with the position: also
/// for a missing or impossible expiry, an id given twice and, if the configuration names its teams,
/// a team that it does not name.
std::vector<Waiver> parse_waivers(std::string_view text, const Config& config);

}  // namespace patchbot
