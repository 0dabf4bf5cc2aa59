// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/template_node.hpp"

namespace patchbot {

/// Reads a CloudFormation template, or a file beside one, as CloudFormation does: YAML 1.1 or JSON,
/// told apart by content; all short tags; of duplicate keys the last wins. What the service refuses
/// but can be understood (aliases, merge keys, further documents) and duplicate keys are problems
/// of the template. Throws Error(input) with the position where it is broken, nests deeper than
/// 100 (in JSON 64), holds more than 500,000 values or is larger than 4 MiB (CloudFormation takes
/// 1 MB).
/// Rules: CloudFormation user guide, "template formats" and "intrinsic functions".
Template read_template(std::string_view text);

}  // namespace patchbot
