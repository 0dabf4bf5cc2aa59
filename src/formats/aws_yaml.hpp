// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/team_names.hpp"
#include "model/config.hpp"

namespace patchbot {

/// The section aws: of patchbot.yaml.
AwsSettings read_aws(const YAML::Node& node, TeamReferences& references);

std::string read_account_id(const YAML::Node& node);
std::string read_region(const YAML::Node& node);

}  // namespace patchbot
