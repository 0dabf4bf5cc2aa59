// SPDX-License-Identifier: Apache-2.0
#include "survey.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "evidence.hpp"
#include "family_survey.hpp"
#include "fleet_survey.hpp"
#include "jenkins_access.hpp"
#include "repositories.hpp"
#include "rules/patch_status.hpp"

namespace patchbot {
namespace {

void filter(const AmiUpdateStatus& flags, const Config& config, PatchStatus& status) {
  const std::string environment = Environments(config).meaning_of(flags.environment);
  for (ServiceStatus& service : status.services) {
    std::erase_if(service.stages, [&](const auto& stage) {
      return !environment.empty() && stage.first != "baked" && stage.first != environment;
    });
  }
  std::erase_if(status.services, [&](const ServiceStatus& service) {
    const bool is_of_team = flags.team.empty() || equals_nocase(service.team, flags.team);
    const bool is_there = environment.empty() || service.stages.contains(environment);
    return !is_of_team || !is_there;
  });
}

std::set<FamilyKey> all_of(const std::map<ServiceKey, ServiceFamilies>& families) {
  std::set<FamilyKey> all;
  for (const auto& [service, of] : families) all.insert(of.all.begin(), of.all.end());
  return all;
}

// What templates name in place of AMIs is looked up before they are judged.
void look_up(const FleetView& view,
             const Repositories::Seen& repositories,
             StoredAmis& stored,
             aws::RegionWalk& walk) {
  std::map<ServicePlace, std::set<AwsPlace>> where;
  for (const RegionView& region : view.regions) {
    for (const auto& [key, servers] : region.servers) {
      where[{key.service, key.environment}].insert({region.account, region.region});
    }
  }
  for (const auto& survey : repositories.surveys) {
    for (const auto& [place, of] : where) survey->note_main(place, of);
  }
  stored.note_names_of(StoredAmis::From::proposals);
  for (const auto& survey : repositories.surveys) {
    for (const auto& [place, of] : where) survey->note_changes(place, of);
  }
  if (stored.has_noted()) stored.ask(walk);
}

void sort(PatchStatus& status) {
  std::sort(status.services.begin(), status.services.end(), [](const auto& a, const auto& b) {
    return std::tie(a.team, a.service) < std::tie(b.team, b.service);
  });
}

}  // namespace

PatchStatus survey(const AmiUpdateStatus& flags, const Config& config, cli::World& world) {
  const AwsSettings settings = config.aws.value_or(AwsSettings());
  const cli::Net net = flags.net.open(world, aws::address_settings(world.environment));
  const Repositories asked(config, world, net);  // a wrong URL is told before anybody is asked
  aws::Session session(*net.transport, *net.clock, world.environment);
  session.deadline = net.deadline;
  const aws::Self self = aws::find_self(session, world.environment, settings, net.replayed);
  world.log.detail("asking as " + self.arn);
  aws::RegionWalk walk(session, self, flags.parallel, world.log);
  FleetSurvey fleet(walk, config);
  const std::vector<aws::Access> accounts = aws::accounts_of(settings, self, session);
  FleetView view = fleet.look(accounts);
  FamilySurvey listing(walk, config);
  listing.read_tags(view);
  const auto families = families_of(view);
  listing.list(view, all_of(families));

  StoredAmis stored;
  const Repositories::Seen repositories = asked.survey(stored);
  look_up(view, repositories, stored, walk);

  PatchStatus status;
  status.generated_at = world.now;  // a replay has set it
  status.problems = walk.problems();
  for (const std::string& problem : repositories.problems) status.problems.push_back(problem);
  const auto jenkins = open_jenkins(config, world, net);
  BakeSurvey bakes(config, jenkins.get());
  for (const ServiceEvidence& one : join(view, families, repositories, bakes, config, world.now)) {
    status.services.push_back(judge_service(one, world.now));
  }
  for (const std::string& problem : bakes.problems()) status.problems.push_back(problem);
  sort(status);
  filter(flags, config, status);
  return status;
}

}  // namespace patchbot
