// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/environment.hpp"
#include "model/config.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

/// Ourselves, as the services see us.
struct Self {
  CredentialsPtr credentials;
  std::string account;
  std::string arn;
  std::string region;  ///< where questions go that are about no region
};

/// One account that is to be read, and how.
struct Access {
  std::string id;
  std::string name;  ///< for people; may be empty
  CredentialsPtr credentials;
  std::string role;                  ///< the ARN that is assumed; empty: our own credentials
  std::vector<std::string> regions;  ///< empty: every region that is enabled there
};

/// Finds the credentials and asks STS whose they are. A replay asks with a placeholder. Throws
/// Error(usage) if there are none, Error(remote) if they are not accepted.
Self find_self(Session& session,
               const Environment& environment,
               const AwsSettings& settings,
               bool replayed);

/// Which accounts the configuration names: a list, the organisation, or our own alone, sorted.
/// Accounts of the organisation that are not active are left out. Throws Error(remote).
std::vector<Access> accounts_of(const AwsSettings& settings, const Self& self, Session& session);

/// The variables that decide which addresses are asked: a recording keeps them, so that its replay
/// asks the same ones anywhere.
std::map<std::string, std::string> address_settings(const Environment& environment);

}  // namespace patchbot::aws
