// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/template_node.hpp"

namespace patchbot {

/// Whether a path ends with a name that the settings of SAM's command line have: samconfig.toml,
/// .yaml or .yml, in whatever case; or with one that people give to more of them, such as
/// samconfig.prod.toml and staging-samconfig.yaml.
bool is_sam_settings(std::string_view path);

/// Reads such a file; the name says whether it is TOML or YAML. Every parameter_overrides of a
/// command, whatever form it has, becomes a list of ParameterKey and ParameterValue, each with its
/// place; what a value includes from other files stands under the key "$include". Merge keys (<<)
/// are resolved. A template in YAML that has such a name, and not just the usual one, is read as
/// what it is. Throws as read_toml and read_template do; an empty file has no settings.
/// Rules: SAM developer guide, "SAM CLI configuration file".
Template read_sam_settings(std::string_view text, std::string_view path);

}  // namespace patchbot
