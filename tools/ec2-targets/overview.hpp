// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "target_sheet.hpp"

namespace patchbot {

/// The table for people on standard error: machines per team, and what needs somebody's attention.
std::string to_overview(const SheetCounts& counts, bool with_coverage);

/// Lines that call for action: machines of nobody, machines that no agent sees.
std::vector<std::string> remarks(const SheetCounts& counts,
                                 const std::vector<std::string>& shared_addresses);

}  // namespace patchbot
