// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/template_node.hpp"

namespace patchbot {

/// The long name of a short tag without its "!": GetAtt is Fn::GetAtt, Ref stays Ref. Empty for
/// what is no function of CloudFormation.
std::string function_of_tag(std::string_view tag);

/// `value` as the argument of `function`: {"Fn::Join": value}. The forms that mean the same become
/// one: Fn::GetAtt "A.B" a list, Fn::Sub of a list with one item the text.
TemplateNode call_of(std::string function, TemplateNode value);

/// The same for a map that is read in its long form; what is no call stays as it is.
void unify_call(TemplateNode& map);

}  // namespace patchbot
