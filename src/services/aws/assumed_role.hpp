// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "services/aws/client.hpp"
#include "services/aws/sts.hpp"

namespace patchbot::aws {

/// The credentials of a role, assumed as `base` by STS of that region and renewed before they
/// expire. `scope` as for Client. The session must live as long.
CredentialsPtr role_source(
    Session& session, CredentialsPtr base, RoleRequest role, std::string region, std::string scope);

}  // namespace patchbot::aws
