// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/config.hpp"
#include "model/waiver.hpp"

namespace patchbot {

/// Hands over the text of a file that waivers.yaml names; may throw Error.
using ReadNamed = std::function<std::string(const std::string& file)>;

/// waivers.yaml (docs/schema/waivers-1.schema.json) with the VEX documents that it names. Throws
/// Error(usage) with the position: also for a missing or impossible expiry, an id or a match given
/// twice, a document that cannot be used and, if the configuration names its teams, a team that it
/// does not name.
WaiverFile parse_waivers(std::string_view text, const Config& config, const ReadNamed& read = {});

/// The same, but goes on behind an entry that is wrong, which is left out: `problems` then has
/// every one of them, and what came out must not be used to waive anything.
WaiverFile parse_waivers(std::string_view text,
                         const Config& config,
                         const ReadNamed& read,
                         std::vector<Error>& problems);

}  // namespace patchbot
