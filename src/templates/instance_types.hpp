// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/ami_sources.hpp"

namespace patchbot {

/// The instance types that stand beside these AMIs as plain words: InstanceType, or the list
/// InstanceTypes of Batch. What a parameter or a function gives is left out, for it may be any.
std::vector<std::string> written_instance_types(const TemplateNode& root,
                                                const std::vector<AmiUse>& uses);

/// The processors of an instance type as EC2 names the architecture of images: "arm64" where a g
/// (Graviton) follows the number of the generation, as in m7g, c7gn, x2gd and im4gn, and for a1;
/// "x86_64" for the rest, also g4dn and g5, whose g is that of graphics. Empty for what is named
/// otherwise, such as mac2 and u-6tb1, and for what is no instance type.
std::string_view architecture_of_type(std::string_view instance_type);

}  // namespace patchbot
