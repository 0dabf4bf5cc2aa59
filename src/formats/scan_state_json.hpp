// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/scan_state.hpp"

namespace patchbot {

/// patchbot.scan/1, what nessus-run --state keeps. Throws Error(input).
ScanState parse_scan_state(std::string_view text);

std::string to_json(const ScanState& state);

}  // namespace patchbot
