// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "formats/team_names.hpp"
#include "model/policy.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// The policies: section of patchbot.yaml. A policy that names a preset has its own rules and SLA
/// rows first and those of the preset behind them. Throws Error(usage) with the position.
std::vector<Policy> read_policies(const YAML::Node& node, TeamReferences& references);

/// A preset by its name (docs/policies.md); none if there is no such preset.
std::optional<Policy> preset_policy(std::string_view name);

/// The names of all presets.
std::vector<std::string_view> preset_names();

}  // namespace patchbot
