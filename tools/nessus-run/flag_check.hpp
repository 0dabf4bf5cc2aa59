// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nessus_run.hpp"

namespace patchbot {

/// Throws Error(usage) for flags that do not go together, or of which one is missing.
void check_flags(const NessusRun& flags);

}  // namespace patchbot
