// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/config.hpp"

namespace patchbot {

/// patchbot.yaml (docs/schema/config-1.schema.json). Throws Error(usage) with the position.
Config parse_config(std::string_view text);

/// A word for --fail-on and fail_on: a severity, or "none" for never; nothing if it is neither.
std::optional<Threshold> parse_threshold(std::string_view word);

}  // namespace patchbot
