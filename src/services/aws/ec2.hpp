// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/inventory.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_regions{ec2, "DescribeRegions"};
inline constexpr Operation describe_instances{ec2, "DescribeInstances"};

/// The regions that the account may use, sorted. All functions here throw Error(remote).
std::vector<std::string> enabled_regions(Client& client);

/// The instances of a region, a page at a time in EC2's order: all fields but ami_name, coverage
/// and ownership. `states` such as "running"; none asks for all.
void each_instance_page(Client& client,
                        const std::vector<std::string>& states,
                        const std::function<void(std::vector<Target>&&)>& read);

/// Whether the credentials may make this EC2 call; nothing is done. Empty, or what EC2 said.
std::string dry_run(Client& client, const Operation& operation);

/// The same for --check: what EC2 said is thrown.
void must_be_allowed(Client& client, const Operation& operation);

}  // namespace patchbot::aws
