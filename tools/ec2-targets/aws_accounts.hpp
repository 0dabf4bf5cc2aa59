// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/config.hpp"
#include "services/aws/client.hpp"

namespace patchbot {

/// One account that is to be read, and how.
struct AwsAccess {
  std::string id;
  std::string name;  ///< for people; may be empty
  aws::CredentialsPtr credentials;
  std::string role;  ///< the ARN that is assumed; empty: our own credentials
  std::vector<std::string> regions;  ///< empty: every region that is enabled there

  std::string title() const { return name.empty() ? id : id + " (" + name + ")"; }
};

/// Ourselves, as the services see us.
struct AwsSelf {
  aws::CredentialsPtr credentials;
  std::string account;
  std::string region;  ///< where questions go that are about no region
};

/// Which accounts the configuration names: a list, the organisation, or our own alone. Throws
/// Error(remote) if the organisation cannot be asked; suspended accounts are left out.
std::vector<AwsAccess> accounts_of(const AwsSettings& settings,
                                   const AwsSelf& self,
                                   aws::Session& session);

}  // namespace patchbot
