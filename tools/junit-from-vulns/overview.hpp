// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "intake.hpp"
#include "model/summary.hpp"
#include "scan_cases.hpp"

namespace patchbot {

/// The table for people: what the gate says and why, the worst findings first, the teams, and what
/// keeps the scan from telling everything.
std::string to_overview(const Summary& summary,
                        const GatedPlugins& gated,
                        const std::vector<ScanProblem>& problems,
                        bool colour);

}  // namespace patchbot
