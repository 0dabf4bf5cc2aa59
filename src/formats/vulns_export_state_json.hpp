// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/vulns_export_state.hpp"

namespace patchbot {

/// The file of --state with --vulns-export, patchbot.vulns-export/1. Throws Error(input) for one
/// that is none.
VulnsExportState parse_vulns_export_state(std::string_view text);

std::string to_json(const VulnsExportState& state);

}  // namespace patchbot
