// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/config.hpp"
#include "model/waiver.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// The `match:` of a waiver: names at least one known risk.
WaiverMatch read_waiver_match(const YAML::Node& node, const Config& config);

/// The `match:` of a VEX document: narrows down what the document says.
WaiverMatch read_vex_match(const YAML::Node& node, const Config& config);

/// Equal for matches with the same conditions, in whatever order and case they are written: two
/// waivers that have them in common are one too many.
std::string match_key(const WaiverMatch& match);

}  // namespace patchbot
