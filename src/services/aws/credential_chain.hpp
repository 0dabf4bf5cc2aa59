// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "base/environment.hpp"
#include "services/aws/client.hpp"
#include "services/aws/credentials.hpp"

namespace patchbot::aws {

struct ChainSettings {
  Session& session;  ///< must live as long as the credentials
  Environment environment;
};

/// The credentials that every AWS tool would use here, looked for in botocore's order: environment,
/// role of the profile, web identity, SSO, shared credentials file, credential_process,
/// configuration file, container, instance (IMDSv2 only). Throws Error(usage) for settings that
/// contradict themselves, and if nothing applies, saying what was tried; where the instance is the
/// last hope, get() does. Networks and programs are asked by get() only.
CredentialsPtr default_credentials(const ChainSettings& settings);

/// What the environment and the chosen profile say beside credentials.
struct ProfileSettings {
  std::string region;                            ///< AWS_REGION, AWS_DEFAULT_REGION, the profile's
  std::map<std::string, std::string> endpoints;  ///< for Endpoints::add_profile
};
ProfileSettings profile_settings(const Environment& environment);

}  // namespace patchbot::aws
