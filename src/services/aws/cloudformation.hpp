// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/deployment.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_stacks{cloudformation, "DescribeStacks"};
inline constexpr Operation get_template{cloudformation, "GetTemplate"};

/// The stacks of a region, nested ones too, in CloudFormation's order: none that are deleted, and
/// none that are only planned (REVIEW_IN_PROGRESS). More than 20,000 are Error(remote), which is
/// all that the functions here throw.
std::vector<Stack> stacks(Client& client);

/// The template of a stack (a name or an id) as it was handed in, before transforms; JSON or YAML.
/// The text is as it came, not cleaned.
std::string template_body(Client& client, const std::string& stack);

}  // namespace patchbot::aws
