// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

/// What is told of one service, found by its name.
class Joiner {
 public:
  Joiner(FleetView& view,
         const std::map<ServiceKey, ServiceFamilies>& families,
         const Repositories::Seen& repositories,
         BakeSurvey& bakes,
         const Config& config,
         Time now)
      : view_(view),
        families_(families),
        repositories_(repositories),
        bakes_(bakes),
        config_(config),
        ownership_(config),
        now_(now) {}

  std::vector<ServiceEvidence> run() {
    for (RegionView& region : view_.regions) add_region(region);
    add_unseen();
    add_templates();
    std::vector<ServiceEvidence> all;
    for (auto& [key, one] : services_) {
      finish(key, one);
      all.push_back(std::move(one));
    }
    return all;
  }

 private:
  struct Place {
    ServiceKey key;
    std::string environment;
    bool operator<(const Place& other) const {
      return std::tie(key, environment) < std::tie(other.key, other.environment);
    }
  };

  using PlacesByName = std::map<std::string, std::set<Place>>;  ///< several may share a stack

  static Place place_of(const Target& target) {
    return {{target.team, target.service}, target.environment};
  }

  EnvironmentEvidence& at(const Place& place) {
    ServiceEvidence& service = services_[place.key];
    service.team = place.key.first;
    service.service = place.key.second;
    return service.environments[place.environment];
  }

  // ---- one region

  void add_region(RegionView& region) {
    PlacesByName of_stack;
    PlacesByName of_group;
    for (auto& [key, servers] : region.servers) {
      const Place place{{key.team, key.service}, key.environment};
      EnvironmentEvidence& here = at(place);
      servers.where = where(region);
      if (!key.stack.empty()) of_stack[key.stack].insert(place);
      if (!key.group.empty()) of_group[key.group].insert(place);
      if (!region.images.contains(key.ami)) add_unknown(region, "images", place);
      where_[place].insert({region.account, region.region});
      key.runs ? here.servers.push_back(std::move(servers)) : void(here.stopped += servers.count);
    }
    for (const AutoScalingGroup& group : region.groups) add_group(region, group, of_group);
    for (const Stack& stack : region.stacks) add_stack(region, stack, of_stack);
    add_unknown(region, "stacks", of_stack);
    add_unknown(region, "groups", of_group);
    for (const auto& [id, image] : region.images) images_.emplace(id, image);
  }

  // A group without servers belongs to whom its tags say.
  Place tagged(const AutoScalingGroup& group, const RegionView& region) const {
    Target target;
    target.account = region.account;
    target.region = region.region;
    target.asg = group.name;
    target.tags = group.tags;
    ownership_.apply(target);
    name_service(target);
    return place_of(target);
  }

  void add_group(const RegionView& region,
                 const AutoScalingGroup& group,
                 const PlacesByName& known) {
    const auto found = known.find(group.name);
    const std::set<Place> places =
        found == known.end() ? std::set<Place>{tagged(group, region)} : found->second;
    GroupEvidence one;
    one.where = where(region);
    one.group = group;
    for (const LaunchTemplateVersion& version : region.templates) {
      if (!group.launch_template.means(version)) continue;
      one.ami = version.ami;
      one.since = version.created_at;
    }
    const auto refresh = region.refreshes.find(group.name);
    if (refresh != region.refreshes.end()) one.refresh = refresh->second;
    const bool is_lost = one.ami.empty() && !group.launch_template.id.empty() && group.desired > 0;
    for (const Place& place : places) {
      at(place).groups.push_back(one);
      if (is_lost && !region.unknown.contains("groups")) {
        doubt(place, "the launch template of " + group.name + " in " + where(region) + " is gone");
      }
    }
  }

  void add_stack(const RegionView& region, const Stack& stack, const PlacesByName& known) {
    const auto found = known.find(stack.name);
    if (found == known.end()) return;
    StackEvidence one;
    one.where = where(region);
    one.stack = stack;
    const auto amis = region.stack_amis.find(stack.name);
    if (amis != region.stack_amis.end()) one.amis = amis->second;
    for (const Place& place : found->second) {
      at(place).stacks.push_back(one);
      if (region.unread_stacks.contains(stack.name)) {
        doubt(place,
              "the template of the stack " + stack.name + " in " + where(region) +
                  " could not be read");
      }
    }
  }

  void add_unknown(const RegionView& region, const std::string& kind, const Place& place) {
    if (!region.unknown.contains(kind)) return;
    doubt(place, "the " + kind + " in " + where(region) + " could not be listed");
  }

  void add_unknown(const RegionView& region, const std::string& kind, const PlacesByName& places) {
    for (const auto& [name, of] : places) {
      for (const Place& place : of) add_unknown(region, kind, place);
    }
  }

  void doubt(const Place& place, const std::string& text) {
    auto& all = at(place).unknown;
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  }

  static std::string where(const RegionView& region) {
    return words_for({region.account, region.region});
  }

  // ---- the rest

  // Paths name services, not teams. One that runs nowhere is told all the same.
  void add_templates() {
    for (const auto& survey : repositories_.surveys) {
      for (const ServicePlace& place : survey->places()) add_place(place);
    }
    for (auto& [key, service] : services_) {
      for (auto& [environment, here] : service.environments) {
        add_written({key.second, environment}, where_[{key, environment}], here);
      }
    }
  }

  void add_written(const ServicePlace& place,
                   const std::set<AwsPlace>& where,
                   EnvironmentEvidence& here) const {
    for (const auto& survey : repositories_.surveys) {
      add_all(survey->on_main(place, where), here.templates, here.templates_unknown);
      add_all(
          survey->in_open_changes(place, where), here.pull_requests, here.pull_requests_unknown);
    }
    // It may have one where nobody could look.
    if (here.templates.empty() && here.templates_unknown.empty()) {
      here.templates_unknown = repositories_.unseen;
    }
  }

  void add_place(const ServicePlace& place) {
    bool is_known = false;
    for (auto& [key, service] : services_) {
      if (key.second != place.service) continue;
      is_known = true;
      service.environments[place.environment];
    }
    if (!is_known) at({{std::string(unowned), place.service}, place.environment});
  }

  // Where a service runs in an account, it may run in a region of it that could not be asked.
  void add_unseen() {
    for (const RegionView& region : view_.regions) {
      for (const auto& [place, where] : where_) {
        const bool is_there = std::any_of(where.begin(), where.end(), [&](const AwsPlace& one) {
          return one.account == region.account;
        });
        if (is_there) add_unknown(region, "instances", place);
      }
    }
  }

  static void add_all(Writing from, std::vector<WrittenAmis>& to, std::string& unknown) {
    for (WrittenAmis& one : from.amis) to.push_back(std::move(one));
    if (unknown.empty()) unknown = std::move(from.unknown);
  }

  void finish(const ServiceKey& key, ServiceEvidence& service) {
    const auto families = families_.find(key);
    if (families != families_.end()) add_families(families->second, service);
    for (const Unseen& one : view_.unseen) {  // it may run there, and nowhere that was seen
      const std::string environment = environment_of(one, key);
      if (!environment.empty()) service.environments[environment];
    }
    for (auto& [name, here] : service.environments) {
      if (here.servers.empty() && !view_.unseen.empty()) {
        here.unknown.push_back("no server was seen, and " + view_.unseen.front().words +
                               (view_.unseen.size() > 1 ? " and others" : "") +
                               " could not be asked");
      }
      note_unseen(key, name, here);
      note_amis(service, here);
    }
  }

  // Whose an account is, the configuration says; tags of its servers may say something else.
  void note_unseen(const ServiceKey& key,
                   const std::string& environment,
                   EnvironmentEvidence& here) const {
    for (const Unseen& one : view_.unseen) {
      std::string& words = environment_of(one, key) == environment ? here.unseen : here.elsewhere;
      words += (words.empty() ? "" : ", ") + one.words;
    }
  }

  // Empty: that of a service of the team is not known.
  std::string environment_of(const Unseen& unseen, const ServiceKey& key) const {
    const auto accounts = config_.aws.value_or(AwsSettings()).accounts;
    const auto of = std::find_if(accounts.begin(), accounts.end(), [&](const auto& account) {
      return account.id == unseen.account;
    });
    if (of == accounts.end()) return {};
    const bool is_teams = of->team.empty() || equals_nocase(of->team, key.first);
    return is_teams ? ownership_.meaning_of(of->environment) : std::string();
  }

  void add_families(const ServiceFamilies& families, ServiceEvidence& service) {
    service.family = families.main.second;
    service.bake = bakes_.look(service.family);
    std::vector<Image> images;
    const Image* main = nullptr;
    for (const FamilyKey& family : families.all) {
      const auto listed = view_.families.find(family);
      if (listed != view_.families.end()) {
        for (const auto& [id, image] : listed->second) images.push_back(image);
      }
      const auto unknown = view_.families_unknown.find(family);
      if (unknown != view_.families_unknown.end()) service.bakes_unknown = unknown->second;
    }
    for (const Image& image : images) names_.emplace(image.id, image);
    for (const auto& [name, here] : service.environments) {
      for (const AlikeServers& some : here.servers) {
        const auto image = images_.find(some.ami);
        const bool is_main = image != images_.end() && is_of(image->second, families.main);
        if (is_main && main == nullptr) main = &image->second;
      }
    }
    for (const Image& image : images) {  // where none of it runs
      if (main == nullptr && is_of(image, families.main)) main = &image;
    }
    if (main != nullptr) service.bakes = BakeOrder(images, *main, now_);
  }

  static bool is_of(const Image& image, const FamilyKey& family) {
    return image.owner == family.first && image.family() == family.second;
  }

  void note_amis(ServiceEvidence& service, const EnvironmentEvidence& here) {
    std::set<std::string> used;
    for (const AlikeServers& some : here.servers) used.insert(some.ami);
    for (const WrittenAmis& one : here.templates) used.insert(one.amis.begin(), one.amis.end());
    for (const std::string& ami : used) {
      const Image* const image = image_of(ami);
      const std::string name = image == nullptr ? std::string() : image->name;
      if (image != nullptr && image->created) service.created.emplace(ami, *image->created);
      for (const std::string& glob : config_.pull_requests.images.blocked) {
        const bool fits = matches_glob(glob, ami) || (!name.empty() && matches_glob(glob, name));
        if (fits) service.blocked.emplace(ami, glob);
      }
    }
  }

  const Image* image_of(const std::string& ami) const {
    for (const auto* images : {&images_, &names_}) {
      const auto found = images->find(ami);
      if (found != images->end()) return &found->second;
    }
    return nullptr;
  }

  FleetView& view_;
  const std::map<ServiceKey, ServiceFamilies>& families_;
  const Repositories::Seen& repositories_;
  BakeSurvey& bakes_;
  const Config& config_;
  Ownership ownership_;
  Time now_;
  std::map<ServiceKey, ServiceEvidence> services_;
  std::map<Place, std::set<AwsPlace>> where_;  ///< its servers run
  std::map<std::string, Image> images_;        ///< of AMIs that run
  std::map<std::string, Image> names_;         ///< of the families
};

}  // namespace

std::map<ServiceKey, ServiceFamilies> families_of(const FleetView& view) {
  // What runs weighs more than whatever is stopped.
  constexpr std::size_t weight_of_running = 1'000'000;
  std::map<ServiceKey, std::map<FamilyKey, std::size_t>> counts;
  for (const RegionView& region : view.regions) {
    for (const auto& [server, servers] : region.servers) {
      const auto image = region.images.find(server.ami);
      if (image == region.images.end()) continue;
      const FamilyKey key{image->second.owner, image->second.family()};
      const bool is_one = !key.first.empty() && !key.second.empty();
      const std::size_t weight = server.runs ? weight_of_running : 1;
      if (is_one) counts[{server.team, server.service}][key] += servers.count * weight;
    }
  }
  std::map<ServiceKey, ServiceFamilies> families;
  for (const auto& [service, of] : counts) {
    const auto most = std::max_element(
        of.begin(), of.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    ServiceFamilies& all = families[service];
    all.main = most->first;
    for (const auto& [family, count] : of) all.all.insert(family);
  }
  return families;
}

std::vector<ServiceEvidence> join(FleetView& view,
                                  const std::map<ServiceKey, ServiceFamilies>& families,
                                  const Repositories::Seen& repositories,
                                  BakeSurvey& bakes,
                                  const Config& config,
                                  Time now) {
  return Joiner(view, families, repositories, bakes, config, now).run();
}

}  // namespace patchbot
