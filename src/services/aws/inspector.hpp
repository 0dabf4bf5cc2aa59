// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation batch_get_account_status{
    inspector2, "BatchGetAccountStatus", "/status/batch/get"};
inline constexpr Operation list_coverage{inspector2, "ListCoverage", "/coverage/list"};
inline constexpr Operation list_findings{inspector2, "ListFindings", "/findings/list"};

struct InspectorCoverage {
  std::string packages;         ///< of the package scan: "ACTIVE", or why not; empty: not covered
  bool network_active = false;  ///< whether it looks at what the network lets through
};

/// Whether Amazon Inspector looks at EC2 instances in this account and region at all.
/// These functions throw Error(remote) and ask for the client's own account only.
bool inspects_instances(Client& client);

/// Instance id to coverage.
std::unordered_map<std::string, InspectorCoverage> inspector_coverage(Client& client);

/// The instances with an open finding that says that the internet reaches them.
std::unordered_set<std::string> reachable_instances(Client& client);

}  // namespace patchbot::aws
