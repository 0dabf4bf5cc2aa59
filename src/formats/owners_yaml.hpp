// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/team_names.hpp"
#include "model/config.hpp"

namespace patchbot {

/// The sections owners: and environments: of patchbot.yaml.
std::vector<OwnerRule> read_owners(const YAML::Node& node, TeamReferences& references);
std::map<std::string, std::string> read_environments(const YAML::Node& node);

}  // namespace patchbot
