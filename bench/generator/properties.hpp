// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "prng.hpp"
#include "service.hpp"

namespace patchbot::bench {

/// Appends the HostProperties of a host that was scanned with credentials.
void add_properties(std::string& out, Prng& prng, const Instance& instance);

}  // namespace patchbot::bench
