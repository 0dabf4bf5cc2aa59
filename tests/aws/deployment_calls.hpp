// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "services/aws/client.hpp"

namespace patchbot::test {

/// What one of the functions about deployments reads, as JSON; a template as it is. The arguments
/// are its name, such as "stacks", and what it is asked for.
std::string read_deployments(aws::Client& client, const std::vector<std::string>& arguments);

}  // namespace patchbot::test
