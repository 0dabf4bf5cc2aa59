// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "services/aws/client.hpp"
#include "services/aws/profiles.hpp"

// The links of the chain, one file each. Each reads only settings when it is made and throws
// Error(usage) for those that apply but are wrong; the source that it offers asks when it is used.

namespace patchbot::aws {

struct ChainContext {
  Session& session;
  Environment environment;
  std::shared_ptr<const Profiles> profiles;
  std::string region;  ///< of STS
};

/// Credentials, or why this link does not apply.
struct Offer {
  CredentialsPtr source;
  std::string why_not;
};

/// Whether the environment counts. It does not for the source of another profile.
enum class Surroundings : bool { ignored, used };

Offer from_environment(const ChainContext& context);
Offer from_role(const ChainContext& context, const std::string& profile);
Offer from_web_identity(const ChainContext& context,
                        const std::string& profile,
                        Surroundings surroundings);
Offer from_sso(const ChainContext& context, const std::string& profile);
Offer from_credentials_file(const ChainContext& context, const std::string& profile);
Offer from_process(const ChainContext& context, const std::string& profile);
Offer from_config_file(const ChainContext& context, const std::string& profile);
Offer from_container(const ChainContext& context);
Offer from_instance(const ChainContext& context);

/// "profile 'audit'", fit for a message.
std::string profile_text(const std::string& profile);

}  // namespace patchbot::aws
