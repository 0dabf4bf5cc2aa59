// SPDX-License-Identifier: Apache-2.0
#include "services/aws/assumed_role.hpp"

#include <utility>

#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {

CredentialsPtr role_source(Session& session,
                           CredentialsPtr base,
                           RoleRequest role,
                           std::string region,
                           std::string scope) {
  auto fetch = [&session,
                base = std::move(base),
                role = std::move(role),
                region = std::move(region),
                scope = std::move(scope)] {
    Client client(session, base, region, scope);
    return assume_role(client, role);
  };
  return std::make_shared<RefreshingSource>(session.clock, std::move(fetch));
}

}  // namespace patchbot::aws
