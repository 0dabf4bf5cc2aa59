// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "prng.hpp"

namespace patchbot::bench {

/// Appends the compliance results of one host; all have one plugin id and `cm:` children.
void add_compliance(std::string& out, Prng& prng);

}  // namespace patchbot::bench
