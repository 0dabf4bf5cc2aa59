// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_instance_information{ssm, "DescribeInstanceInformation"};

/// What the SSM agents of the region last said: instance id to "Online", "ConnectionLost" or
/// "Inactive". A machine that is not there has no agent, or no role that lets it register, or is
/// stopped. Throws Error(remote).
std::unordered_map<std::string, std::string> ssm_pings(Client& client);

}  // namespace patchbot::aws
