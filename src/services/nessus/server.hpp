// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "services/nessus/client.hpp"

namespace patchbot::nessus {

/// What the server says of itself (GET /server/properties). Empty means that it does not.
struct Server {
  std::string type;     ///< "Nessus", "Nessus Cloud", "Nessus Manager", ...
  std::string version;  ///< of the server
  std::string licence;  ///< "professional", "home", ...
  bool is_cloud = false;
  std::optional<bool> may_launch;  ///< whether its licence lets the API make and launch scans
};

/// Throws Error(remote).
Server server_of(Client& client);

/// "Nessus 10.8.3 (professional)", for messages.
std::string name_of(const Server& server);

/// Why scans cannot be launched there, and what can be done instead.
std::string cannot_launch(const Server& server);

struct Readiness {
  std::string word;             ///< "ready", "loading", "feed-expired", ...
  std::optional<long> percent;  ///< of loading
};

/// GET /server/status, also where it comes with 503. Throws Error(remote) where it says no word.
Readiness readiness_of(Client& client);

}  // namespace patchbot::nessus
