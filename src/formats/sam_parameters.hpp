// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "formats/line_index.hpp"
#include "model/template_node.hpp"

namespace patchbot {

/// Turns a value of parameter_overrides, whatever form it has in SAM's settings (one text, a list,
/// a map), into a list of ParameterKey and ParameterValue; of a parameter that is given twice the
/// last counts. `text` is that of the file, where the places of names and values are looked for.
/// What SAM refuses stays as it is.
void spell_out_sam_overrides(TemplateNode& given,
                             std::string_view text,
                             const LineIndex& index,
                             std::vector<TemplateProblem>& problems);

}  // namespace patchbot
