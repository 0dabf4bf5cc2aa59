// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "services/nessus/client.hpp"

namespace patchbot::nessus {

/// An agent as the server knows it; each text one clean line.
struct Agent {
  std::string name;
  std::string address;
  std::string instance;              ///< id of the EC2 instance; the cloud says it
  std::optional<Time> last_scanned;  ///< by any scan
  bool is_on = false;                ///< whether it is in touch with the server
};

/// The agents of a group, by what agent_group_id says. Throws Error(remote).
std::vector<Agent> agents_of(Client& client, const std::string& group, bool is_cloud);

/// Those of them that are among none of the hosts of a run. Each host is proof of one agent: by its
/// whole name, else by the first label of it or its address where only one agent has that.
std::vector<Agent> silent_agents(const std::vector<Agent>& agents,
                                 const std::vector<std::string>& hosts);

}  // namespace patchbot::nessus
