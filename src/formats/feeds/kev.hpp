// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/threat_feeds.hpp"

namespace patchbot {

/// CISA's catalogue of known exploited vulnerabilities, JSON or CSV. The CSV form has neither a
/// version nor a date: then it counts as published on the latest day that it lists. Throws
/// Error(input) for what is none, is cut off, or does not hold as many entries as it says.
KevFeed parse_kev(std::string_view text);

}  // namespace patchbot
