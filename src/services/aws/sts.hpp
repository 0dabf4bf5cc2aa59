// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation get_caller_identity{sts, "GetCallerIdentity"};
inline constexpr Operation assume_role_operation{sts, "AssumeRole"};
inline constexpr Operation assume_role_with_web_identity_operation{sts,
                                                                   "AssumeRoleWithWebIdentity"};

struct RoleRequest {
  std::string arn;
  std::string session_name = "patchbot";
  std::string external_id;
  int duration_seconds = 3600;  ///< what role chaining allows at most
};

struct Identity {
  std::string account;
  std::string arn;
};

/// Who the credentials are; needs no permission. Throws Error(remote).
Identity caller_identity(Client& client);

/// Temporary credentials. Throw Error(remote).
Credentials assume_role(Client& client, const RoleRequest& role);
Credentials assume_role_with_web_identity(Client& client,
                                          const RoleRequest& role,
                                          const Secret& token);

}  // namespace patchbot::aws
