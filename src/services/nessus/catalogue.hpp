// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "services/nessus/client.hpp"

namespace patchbot::nessus {

// What a scan is made of, by the name that people give it, or by its id. All functions throw
// Error(usage) with the names that there are where there is no such thing, or where two have the
// name; Error(remote) where the server cannot be asked.

/// The uuid of a scan template, such as that of "patch_audit".
std::string template_uuid(Client& client, const std::string& name);

struct Policy {
  std::string id;
  std::string template_uuid;
};
Policy policy_of(Client& client, const std::string& name);

/// What settings.scanner_id wants: a number, or in the cloud a uuid.
std::string scanner_id(Client& client, const std::string& name, bool is_cloud);

std::string folder_id(Client& client, const std::string& name);

/// The same, and makes the folder where there is none.
std::string folder_made(Client& client, const std::string& name);

/// The group's uuid in the cloud, else its id.
std::string agent_group_id(Client& client, const std::string& name, bool is_cloud);

}  // namespace patchbot::nessus
