// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "model/finding.hpp"

namespace patchbot {

enum class Evidence : std::uint8_t { keep, redact };

/// Appends one line of findings JSON Lines (docs/schema/finding-1.schema.json).
void append_finding_line(std::string& out, const Finding& finding, Evidence evidence);

}  // namespace patchbot
