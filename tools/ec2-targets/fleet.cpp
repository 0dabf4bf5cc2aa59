// SPDX-License-Identifier: Apache-2.0
#include "fleet.hpp"

#include <set>
#include <unordered_map>

#include "agents.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/ec2_images.hpp"

namespace patchbot {
namespace {

// The names of a region's AMIs, asked for once each. An AMI that is gone has none.
class ImageNames {
 public:
  explicit ImageNames(aws::Client& client) : client_(client) {}

  void name(std::vector<Target>& targets) {
    std::set<std::string> unknown;
    for (const Target& target : targets) {
      if (!target.ami.empty() && !names_.contains(target.ami)) unknown.insert(target.ami);
    }
    if (!unknown.empty()) ask({unknown.begin(), unknown.end()});
    for (Target& target : targets) target.ami_name = names_[target.ami];
  }

 private:
  void ask(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) names_[id];
    for (auto& [id, name] : image_names(client_, ids)) names_[id] = name;
  }

  aws::Client& client_;
  std::unordered_map<std::string, std::string> names_;
};

}  // namespace

void read_machines(const Ec2Targets& flags,
                   aws::RegionWalk& walk,
                   const aws::Unit& unit,
                   aws::Client& client,
                   TargetSheet& sheet) {
  const aws::Access& account = *unit.account;
  Agents agents;
  if (flags.with_coverage) {
    agents.ask(client, [&](const auto& question) { walk.attempt(account, question); });
  }
  ImageNames images(client);
  each_instance_page(client, sheet.states(), [&](std::vector<Target>&& targets) {
    walk.attempt(account, [&] { images.name(targets); });
    for (Target& target : targets) agents.note(target);
    sheet.add(std::move(targets));
  });
}

}  // namespace patchbot
