// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/deployment.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_launch_template_versions{ec2, "DescribeLaunchTemplateVersions"};

/// The latest and the default version of every launch template of a region, sorted by id and
/// number. AMIs that are Systems Manager parameters stay so: EC2 resolves those of one template
/// only. More than 20,000 are Error(remote), which is all that the functions here throw.
std::vector<LaunchTemplateVersion> current_launch_template_versions(Client& client);

/// Versions of one launch template, each a number, "$Latest" or "$Default"; sorted by number. AMIs
/// are resolved if EC2 can and the credentials may (ssm:GetParameters). One version that is not
/// there fails the whole call. Only who asks for "$Latest" is told which is the latest.
std::vector<LaunchTemplateVersion> launch_template_versions(
    Client& client, const std::string& id, const std::vector<std::string>& versions);

}  // namespace patchbot::aws
