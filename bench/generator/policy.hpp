// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "prng.hpp"

namespace patchbot::bench {

/// Everything before the first host: declaration, Policy (about 250 KB), start of Report.
std::string report_head(Prng prng);

inline constexpr char report_tail[] = "</Report>\n</NessusClientData_v2>\n";

}  // namespace patchbot::bench
