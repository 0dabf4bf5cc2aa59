// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/template_node.hpp"

// Templates, and files that give values to their parameters, by their names.

namespace patchbot {

/// How their names end; of those that end with .toml only SAM's settings are any.
std::vector<std::string> template_endings();

/// Whether a name does, in whatever case; of TOML, SAM's settings alone.
bool may_be_template(std::string_view path);

/// Reads such a file; the name says how. Values for parameters are spelled out as ParameterKey and
/// ParameterValue. Throws as read_template and read_sam_settings do.
Template read_template_file(std::string_view path, std::string_view bytes);

}  // namespace patchbot
