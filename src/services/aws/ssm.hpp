// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_instance_information{ssm, "DescribeInstanceInformation"};
inline constexpr Operation get_parameters{ssm, "GetParameters"};

/// What the SSM agents of the region last said: instance id to "Online", "ConnectionLost" or
/// "Inactive". A machine that is not there has no agent, or no role that lets it register, or is
/// stopped. Throws Error(remote).
std::unordered_map<std::string, std::string> ssm_pings(Client& client);

/// How many names one call of GetParameters takes (its API reference).
inline constexpr std::size_t most_parameters = 10;

/// Whether it may be the name of a parameter: a path or an ARN, with or without a version or a
/// label. One that is not spoils the whole call.
bool may_be_parameter(const std::string& name);

struct StoredParameter {
  std::string value;
  std::optional<Time> modified;
};

/// What these parameters hold, by the names that were asked for; those that are not there, and
/// those that are encrypted, are missing. None where one of them may not be read, or is no name:
/// that spoils the answer for all. Throws Error(remote) for any other failure.
std::optional<std::map<std::string, StoredParameter>> parameters(
    Client& client, const std::vector<std::string>& names);

}  // namespace patchbot::aws
