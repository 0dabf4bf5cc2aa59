// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation list_accounts_operation{organizations, "ListAccounts"};

struct OrganizationAccount {
  std::string id;
  std::string name;
  std::string state;  ///< ACTIVE, SUSPENDED, PENDING_CLOSURE, ...
};

/// Every account of the organisation. Only its management account, or a delegated administrator,
/// may ask. Throws Error(remote).
std::vector<OrganizationAccount> list_accounts(Client& client);

}  // namespace patchbot::aws
