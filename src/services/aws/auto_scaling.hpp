// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/deployment.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_groups{autoscaling, "DescribeAutoScalingGroups"};
inline constexpr Operation describe_instance_refreshes{autoscaling, "DescribeInstanceRefreshes"};

/// The Auto Scaling groups of a region, in its order. More than 20,000 are Error(remote), which is
/// all that the functions here throw.
std::vector<AutoScalingGroup> auto_scaling_groups(Client& client);

/// The instance refreshes of a group, newest first: the last 20, and no older ones than AWS keeps,
/// which is six weeks.
std::vector<InstanceRefresh> instance_refreshes(Client& client, const std::string& group);

}  // namespace patchbot::aws
