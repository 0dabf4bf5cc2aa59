// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "prng.hpp"
#include "shape.hpp"

namespace patchbot::bench {

using Child = std::pair<std::string, std::string>;  ///< element name, escaped text
using Children = std::vector<Child>;

/// CVEs, references, CVSS, VPR, EPSS and exploit data of a plugin with severity 1 to 4.
void add_risk(Children& children, Prng& prng, const Shape& shape, std::size_t severity);

}  // namespace patchbot::bench
