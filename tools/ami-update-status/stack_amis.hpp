// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws_place.hpp"
#include "model/deployment.hpp"

namespace patchbot {

/// The AMIs that a stack was deployed with, as far as its parameters say: an id, or what Systems
/// Manager had for a name.
std::vector<std::string> amis_in_parameters(const Stack& stack);

/// The same as its template says with these parameters in that region; what is not decided by them
/// is left out. Throws Error(input) for what is no template.
std::vector<std::string> amis_in_template(std::string_view body,
                                          const Stack& stack,
                                          const AwsPlace& place);

}  // namespace patchbot
