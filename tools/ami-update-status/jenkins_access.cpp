// SPDX-License-Identifier: Apache-2.0
#include "jenkins_access.hpp"

#include "cli/secret_variable.hpp"

namespace patchbot {

std::unique_ptr<Jenkins> open_jenkins(const Config& config,
                                      cli::World& world,
                                      const cli::Net& net) {
  if (config.status.jenkins.empty()) return nullptr;
  Patience patience;
  patience.deadline = net.deadline;
  std::string user;
  Secret token;
  if (!net.replayed) {
    user = world.environment("PATCHBOT_JENKINS_USER");
    token = cli::secret_of(world.environment, "PATCHBOT_JENKINS_TOKEN");
  }
  return std::make_unique<Jenkins>(JenkinsAccess{
      *net.transport, *net.clock, patience, config.status.jenkins, user, std::move(token)});
}

}  // namespace patchbot
