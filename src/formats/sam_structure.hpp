// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// Adds what SAM would pass over in its settings, and was meant to say which parameters, template
/// or region a deployment has: environments, commands and parameters that are lists ("[[prod]]"),
/// and keys that are spelled in another way ("parameter-overrides"). Rules: SAM developer guide,
/// "SAM CLI configuration file".
void add_sam_mistakes(const TemplateNode& root, std::vector<TemplateProblem>& problems);

}  // namespace patchbot
