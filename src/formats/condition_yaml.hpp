// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/team_names.hpp"
#include "model/policy.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// A when: mapping; `what` names it in messages. Throws Error(usage) with the position.
Condition read_condition(const YAML::Node& node,
                         const std::string& what,
                         TeamReferences& references);

}  // namespace patchbot
