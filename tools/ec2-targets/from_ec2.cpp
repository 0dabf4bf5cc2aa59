// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "fleet.hpp"
#include "listing.hpp"

namespace patchbot {

std::vector<std::string> list_from_ec2(const Ec2Targets& flags,
                                       const Config& config,
                                       cli::World& world,
                                       TargetSheet& sheet) {
  const AwsSettings settings = config.aws.value_or(AwsSettings());
  const cli::Net net = flags.net.open(world, aws::address_settings(world.environment));
  aws::Session session(*net.transport, *net.clock, world.environment);
  session.deadline = net.deadline;
  const aws::Self self = aws::find_self(session, world.environment, settings, net.replayed);
  world.log.detail("asking as " + self.arn);
  const std::vector<aws::Access> accounts = aws::accounts_of(settings, self, session);
  aws::RegionWalk walk(session, self, flags.parallel, world.log);
  walk.each(accounts, [&](const aws::Unit& unit, aws::Client& client) {
    read_machines(flags, walk, unit, client, sheet);
  });
  world.log.info(fmt::format("asked {} {} in {} {} altogether",
                             accounts.size(),
                             accounts.size() == 1 ? "account" : "accounts",
                             walk.units().size(),
                             walk.units().size() == 1 ? "region" : "regions"));
  return walk.problems();
}

}  // namespace patchbot
