// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "services/nessus/client.hpp"

namespace patchbot {

/// From the environment, or from files that it names. Throws Error(usage) where there is none, half
/// of one, or a text that no header could hold.
nessus::Login login_from(const Environment& environment);

}  // namespace patchbot
