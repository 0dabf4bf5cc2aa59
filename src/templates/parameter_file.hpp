// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/template_node.hpp"

namespace patchbot {

/// Whether a file gives values to the parameters of a template: see parameter_sets.
bool is_parameter_file(const TemplateNode& root);

/// Likewise of a whole file: settings of SAM also where they only say which template is deployed,
/// or where, and where they say it in a way that SAM passes over.
bool is_parameter_file(const Template& file);

/// Whether it is one of those that give one set of values: all but the settings of SAM.
bool is_plain_parameter_file(const TemplateNode& root);

/// Whether a path in such a file, or in a template, is that of a value for a parameter: not of the
/// default that a template gives it.
bool is_parameter_value(std::string_view path);

/// Where the parameters stand in what SAM's settings say of a command.
constexpr std::string_view sam_overrides = "parameters/parameter_overrides";

/// What stands there; null if nothing does.
const TemplateNode* sam_overrides_of(const TemplateNode& command);

/// The environment of SAM's settings that the path of a parameter is in: "prod" for
/// prod/deploy/parameters/parameter_overrides[AmiId]/ParameterValue. Empty for every other path.
std::string_view sam_environment_of(std::string_view path);

}  // namespace patchbot
