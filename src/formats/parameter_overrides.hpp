// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// A parameter's name and value as a map of ParameterKey and ParameterValue.
TemplateNode override_pair(TemplateNode::Member named);

/// Turns a list of "Key=Value", which the command line of AWS takes, into one of ParameterKey and
/// ParameterValue; leaves everything else as it is.
void spell_out_overrides(TemplateNode& root);

/// One "Key=Value" of a text; the offsets are those of the name and of the value in it.
struct Override {
  std::string name;
  std::string value;
  std::size_t name_offset;
  std::size_t value_offset;
};

/// The parameters in one text, as SAM's --parameter-overrides takes them: "Key=Value" or
/// "ParameterKey=Key,ParameterValue=Value" with blanks between them, values in quotes or with
/// blanks and quotes behind a backslash. What is neither is left out, as SAM does.
/// Rules: SAM CLI reference, "sam deploy", --parameter-overrides.
std::vector<Override> parse_sam_overrides(std::string_view text);

}  // namespace patchbot
