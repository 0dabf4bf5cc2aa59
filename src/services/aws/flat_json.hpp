// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "services/aws/credentials.hpp"

namespace patchbot::aws {

using FlatJson = std::map<std::string, std::string>;

/// The texts and numbers of a JSON object, or of the object under its key `inside`. Throws
/// Error(remote) that begins with `what` and quotes nothing: the text holds secrets.
FlatJson read_flat_json(const std::string& text,
                        const std::string& what,
                        const std::string& inside = {});

/// The value of a key; empty if there is none.
std::string value_in(const FlatJson& object, const std::string& key);

/// AccessKeyId, SecretAccessKey and Expiration, as credential_process, containers and instances
/// write them, and the token, which has two names. Throws Error(remote).
Credentials read_credentials(const FlatJson& object,
                             const std::string& token_key,
                             const std::string& origin);

}  // namespace patchbot::aws
