// SPDX-License-Identifier: Apache-2.0
#include "fleet_survey.hpp"

#include <algorithm>

#include "services/aws/auto_scaling.hpp"
#include "services/aws/cloudformation.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/ec2_images.hpp"
#include "services/aws/launch_templates.hpp"
#include "stack_amis.hpp"

namespace patchbot {
namespace {

bool runs(const Target& server) { return server.state == "running" || server.state == "pending"; }

void add(const Target& server, RegionView& view) {
  const ServerKey key{.team = server.team,
                      .service = server.service,
                      .environment = server.environment,
                      .ami = server.ami,
                      .group = server.asg,
                      .stack = server.stack,
                      .runs = runs(server)};
  view.servers[key].add(server);
}

std::vector<std::string> unknown_amis(const std::vector<Target>& targets, const RegionView& view) {
  std::set<std::string> unknown;
  for (const Target& target : targets) {
    if (!target.ami.empty() && !view.images.contains(target.ami)) unknown.insert(target.ami);
  }
  return {unknown.begin(), unknown.end()};
}

bool is_number(const std::string& version) {
  return !version.empty() && version.find_first_not_of("0123456789") == std::string::npos;
}

void note_unseen(const std::vector<aws::Access>& accounts, FleetView& view) {
  for (const aws::Access& account : accounts) {
    bool is_there = false;
    for (const RegionView& region : view.regions) {
      if (region.account != account.id) continue;
      is_there = true;
      if (!region.unknown.contains("instances")) continue;
      view.unseen.push_back({account.id, words_for({account.id, region.region})});
    }
    if (!is_there) view.unseen.push_back({account.id, "account " + account.id});
  }
}

}  // namespace

FleetView FleetSurvey::look(const std::vector<aws::Access>& accounts) {
  FleetView view;
  walk_.each(accounts, [&](const aws::Unit& unit, aws::Client& client) {
    RegionView region;
    region.account = unit.account->id;
    region.region = unit.region;
    read(unit, client, region);
    const std::lock_guard lock(mutex_);
    view.regions.push_back(std::move(region));
  });
  std::sort(view.regions.begin(), view.regions.end(), [](const auto& a, const auto& b) {
    return std::tie(a.account, a.region) < std::tie(b.account, b.region);
  });
  note_unseen(accounts, view);
  return view;
}

void FleetSurvey::read(const aws::Unit& unit, aws::Client& client, RegionView& view) {
  attempt(unit, view, "instances", [&] { read_instances(unit, client, view); });
  attempt(unit, view, "groups", [&] {
    read_groups(client, view);
    read_refreshes(client, view);
  });
  attempt(unit, view, "stacks", [&] { read_stacks(unit, client, view); });
}

void FleetSurvey::read_instances(const aws::Unit& unit, aws::Client& client, RegionView& view) {
  const std::vector<std::string> states{"pending", "running", "stopping", "stopped"};
  aws::each_instance_page(client, states, [&](std::vector<Target>&& targets) {
    const auto unknown = unknown_amis(targets, view);
    attempt(unit, view, "images", [&] {
      for (Image& image : aws::images_by_id(client, unknown)) view.images[image.id] = image;
    });
    for (Target& target : targets) {
      const auto image = view.images.find(target.ami);
      if (image != view.images.end()) target.ami_name = image->second.name;
      ownership_.apply(target);
      name_service(target);
      add(target, view);
    }
  });
}

// The versions that groups name by a number are asked for by template; most say $Latest.
void FleetSurvey::read_groups(aws::Client& client, RegionView& view) {
  view.groups = aws::auto_scaling_groups(client);
  std::map<std::string, std::set<std::string>> numbered;
  bool any = false;
  for (const AutoScalingGroup& group : view.groups) {
    const LaunchTemplateReference& from = group.launch_template;
    any = any || !from.id.empty();
    if (!from.id.empty() && is_number(from.version)) numbered[from.id].insert(from.version);
  }
  if (any) view.templates = aws::current_launch_template_versions(client);
  resolve(client, view);
  for (auto& [id, versions] : numbered) {
    std::erase_if(versions, [&, wanted = id](const std::string& version) {
      return std::any_of(view.templates.begin(), view.templates.end(), [&](const auto& one) {
        return one.id == wanted && std::to_string(one.number) == version;
      });
    });
    if (versions.empty()) continue;
    const std::vector<std::string> list(versions.begin(), versions.end());
    for (auto& one : aws::launch_template_versions(client, id, list)) {
      view.templates.push_back(std::move(one));
    }
  }
}

// A name in Systems Manager is resolved for one template at a time.
void FleetSurvey::resolve(aws::Client& client, RegionView& view) {
  std::set<std::string> used;
  for (const AutoScalingGroup& group : view.groups) used.insert(group.launch_template.id);
  for (LaunchTemplateVersion& one : view.templates) {
    if (!one.ami.starts_with("resolve:ssm:") || !used.contains(one.id)) continue;
    const auto found = aws::launch_template_versions(client, one.id, {std::to_string(one.number)});
    if (!found.empty()) one.ami = found.front().ami;
  }
}

// Where all servers of a group run one AMI, and that of its launch template, nothing is replaced.
void FleetSurvey::read_refreshes(aws::Client& client, RegionView& view) {
  std::map<std::string, std::set<std::string>> amis;
  for (const auto& [key, servers] : view.servers) amis[key.group].insert(key.ami);
  for (const AutoScalingGroup& group : view.groups) {
    std::set<std::string>& all = amis[group.name];
    for (const LaunchTemplateVersion& one : view.templates) {
      if (group.launch_template.means(one)) all.insert(one.ami);
    }
    if (all.size() < 2) continue;
    const auto refreshes = aws::instance_refreshes(client, group.name);
    if (!refreshes.empty()) view.refreshes.emplace(group.name, refreshes.front());
  }
}

// Where no parameter is an AMI, the template of the stack says which one it deploys.
void FleetSurvey::read_stacks(const aws::Unit& unit, aws::Client& client, RegionView& view) {
  view.stacks = aws::stacks(client);
  std::set<std::string> used;
  for (const auto& [key, servers] : view.servers) used.insert(key.stack);
  for (const Stack& stack : view.stacks) {
    if (!used.contains(stack.name)) continue;
    auto amis = amis_in_parameters(stack);
    if (amis.empty()) {
      const bool went_well = walk_.attempt(*unit.account, [&] {
        amis = amis_in_template(
            aws::template_body(client, stack.name), stack, {unit.account->id, unit.region});
      });
      if (!went_well) view.unread_stacks.insert(stack.name);
    }
    view.stack_amis.emplace(stack.name, std::move(amis));
  }
}

void FleetSurvey::attempt(const aws::Unit& unit,
                          RegionView& view,
                          const char* kind,
                          const std::function<void()>& work) {
  if (!walk_.attempt(*unit.account, work)) view.unknown.insert(kind);
}

}  // namespace patchbot
