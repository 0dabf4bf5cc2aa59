// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/threat_feeds.hpp"

namespace patchbot {

/// The daily table of EPSS scores: a comment line with the model's version and the day, then CSV.
/// Throws Error(input) for what is none: without model or day, since scores of two models cannot be
/// compared, with a score outside 0 to 1, or cut off.
EpssFeed parse_epss(std::string_view text);

}  // namespace patchbot
