// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/template_node.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// Whether a file gives values to the parameters of a template: the list of ParameterKey and
/// ParameterValue that the command line takes, CodePipeline's template configuration, or the
/// deployment file of Git sync.
bool is_parameter_file(const TemplateNode& root);

/// Turns a list of "Key=Value", which the command line takes as well, into one of ParameterKey and
/// ParameterValue; leaves everything else as it is.
void spell_out_overrides(TemplateNode& root);

/// The values that such a file gives; lists of sections are left out, and what is to stay as it was
/// is none.
ParameterValues parameter_values(const TemplateNode& root);

/// The parameter whose value stands at a path of such a file; empty if none does.
std::string parameter_at(const TemplateNode& root, std::string_view path);

/// Whether a path in such a file, or in a template, is that of a value for a parameter: not of the
/// default that a template gives it.
bool is_parameter_value(std::string_view path);

}  // namespace patchbot
