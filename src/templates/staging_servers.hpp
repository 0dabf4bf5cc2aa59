// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/inventory.hpp"

namespace patchbot {

/// Which AMIs the servers of staging run. An empty service, of a server or asked for, is any.
class StagingServers {
 public:
  /// Keeps the server if it is one of staging and runs. Its environment and service are settled
  /// (rules/ownership.hpp).
  void add(const Target& target);

  /// What the inventory that they come from says of itself.
  InventoryHead head;

  /// Whether staging has any server of the service.
  bool has(const std::string& service) const;

  struct Run {
    std::optional<Time> since;  ///< the oldest start of a server; unknown if none tells it
  };

  /// Nothing if no server runs any of these AMIs.
  std::optional<Run> run_of(const std::vector<std::string>& ids, const std::string& service) const;

 private:
  struct Server {
    std::string service;
    std::optional<Time> launched_at;
  };

  std::multimap<std::string, Server> by_ami_;
};

}  // namespace patchbot
