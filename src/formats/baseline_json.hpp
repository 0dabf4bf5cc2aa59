// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/baseline.hpp"

namespace patchbot {

/// Reads a baseline file: one line of JSON for each finding. Throws Error(input) with the line.
Baseline parse_baseline(std::string_view text);

/// The same file, sorted by id so that a review shows what went and what came.
std::string to_baseline(const Baseline& baseline);

}  // namespace patchbot
