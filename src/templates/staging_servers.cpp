// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_servers.hpp"

#include <algorithm>

#include "templates/scopes.hpp"

namespace patchbot {
void StagingServers::add(const Target& target) {
  const bool is_up = target.state.empty() || target.state == "running";
  if (!is_up || target.ami.empty() || target.environment != "staging") return;
  by_ami_.emplace(target.ami, Server{target.service, target.launched_at});
}

bool StagingServers::has(const std::string& service) const {
  return std::any_of(by_ami_.begin(), by_ami_.end(), [&](const auto& one) {
    return may_be_one(service, one.second.service);
  });
}

std::optional<StagingServers::Run> StagingServers::run_of(const std::vector<std::string>& ids,
                                                          const std::string& service) const {
  std::optional<Run> found;
  for (const std::string& id : ids) {
    const auto [first, last] = by_ami_.equal_range(id);
    for (auto one = first; one != last; ++one) {
      const Server& server = one->second;
      if (!may_be_one(service, server.service)) continue;
      if (!found) found.emplace();
      const bool is_older =
          server.launched_at && (!found->since || *server.launched_at < *found->since);
      if (is_older) found->since = server.launched_at;
    }
  }
  return found;
}

}  // namespace patchbot
