// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_branch.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "model/aws_names.hpp"
#include "templates/ami_reach.hpp"
#include "templates/list_items.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

constexpr const char* staging = "staging";
constexpr std::size_t most_files_for_regions = 200;  // a question about each costs reading it

using Visit = std::function<void(const std::string& path, const std::string& text)>;

void each_scalar(const TemplateNode& node, const std::string& path, const Visit& visit) {
  if (node.is_scalar()) visit(path, node.text);
  const auto paths = item_paths(node.items, path);
  for (std::size_t i = 0; i < paths.size(); ++i) each_scalar(node.items[i], paths[i], visit);
  for (const TemplateNode::Member& member : node.members) {
    each_scalar(member.value, below(path, member.key), visit);
  }
}

std::string region_in(const std::string& path) {
  for (const std::string_view part : split(path, '/')) {
    if (is_region(part)) return std::string(part);
  }
  return {};
}

}  // namespace

std::optional<StagingBranch::Stay> StagingBranch::stay_of(const std::string& id,
                                                          const std::string& service,
                                                          Time now) const {
  std::optional<Stay> longest;
  for (const auto& [path, moments] : history_.changes_of(id)) {
    if (!may_hold_staging(path, service)) continue;
    const std::optional<Stay> stay = stay_in(path, moments, id, now);
    if (!stay) continue;
    if (!longest) longest = Stay{{}, false, true};
    longest->time = std::max(longest->time, stay->time);
    longest->goes_on = longest->goes_on || stay->goes_on;
    longest->taken_back = longest->taken_back && stay->taken_back;
  }
  return longest;
}

// Of a file that is another environment's only a map can be staging's.
bool StagingBranch::may_hold_staging(const std::string& path, const std::string& service) const {
  const TemplateScope scope = scopes_.of(path);
  if (!may_be_one(service, scope.service)) return false;
  if (scope.environment.empty() || scope.environment == staging) return true;
  const TemplateNode* const root = history_.read(path);
  const TemplateNode* const maps = root == nullptr ? nullptr : root->find("Mappings");
  return maps != nullptr && names_staging(*maps);
}

// The number of places changes with every service or region that follows, so each version is looked
// at: from when on, without a break, staging has it.
std::optional<StagingBranch::Stay> StagingBranch::stay_in(const std::string& path,
                                                          const Moments& moments,
                                                          const std::string& id,
                                                          Time now) const {
  constexpr std::size_t most = 30;  // a question about each costs reading it
  std::optional<Stay> longest;
  std::size_t end = 0;  // where the stay that is looked at ended
  for (std::size_t i = 0; i < moments.size() && i < most; ++i) {
    const BranchHistory::Moment& moment = moments[i];
    if (!amis_at(path, moment.version, BranchHistory::When::after).contains(id)) {
      end = i + 1;
      continue;
    }
    const bool goes_on = end == 0;
    const Time until = goes_on ? now : moments[end - 1].time;
    if (longest && until - moment.time <= longest->time) continue;
    longest = Stay{until - moment.time, goes_on || (longest && longest->goes_on), false};
    longest->taken_back = !longest->goes_on && is_taken_back(path, moment, moments[end - 1]);
  }
  return longest;
}

// Something that was there before it came is there again since it went.
bool StagingBranch::is_taken_back(const std::string& path,
                                  const BranchHistory::Moment& came,
                                  const BranchHistory::Moment& went) const {
  using When = BranchHistory::When;
  const std::set<std::string> meanwhile = amis_at(path, came.version, When::after);
  const std::set<std::string> before = amis_at(path, came.version, When::before);
  const std::set<std::string> since = amis_at(path, went.version, When::after);
  return std::any_of(since.begin(), since.end(), [&](const std::string& id) {
    return before.contains(id) && !meanwhile.contains(id);
  });
}

bool StagingBranch::is_kept_for(const ReviewedFile& file) const {
  const TemplateNode* const before = history_.read(file.path);
  const TemplateNode* const maps = before == nullptr ? nullptr : before->find("Mappings");
  if (maps != nullptr && names_staging(*maps)) return true;
  const std::vector<std::string> paths = history_.template_paths();
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return is_of_staging(path, file.scope.service);
  });
}

bool StagingBranch::is_elsewhere(const ReviewedFile& file, const std::string& region) const {
  if (region.empty()) return false;
  std::set<std::string> regions;
  bool is_anywhere = false;  // an AMI for whatever region
  std::size_t files = 0;
  for (const std::string& path : history_.template_paths()) {
    const TemplateScope scope = scopes_.of(path);
    if (path != file.path && !is_of_staging(path, file.scope.service)) continue;
    if (++files > most_files_for_regions) return false;
    const TemplateNode* const root = history_.read(path);
    if (root == nullptr) continue;
    each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
      if (ami_ids(text).empty() || scopes_.environment_of(scope, place) != staging) return;
      const std::string named = region_in(place);
      if (named.empty() && scope.regions.empty()) is_anywhere = true;
      regions.insert(scope.regions.begin(), scope.regions.end());
      regions.insert(named);
    });
  }
  regions.erase("");
  return !is_anywhere && !regions.empty() && !regions.contains(region);
}

// A map with a key for each environment.
bool StagingBranch::names_staging(const TemplateNode& node) const {
  return std::any_of(node.members.begin(), node.members.end(), [&](const auto& member) {
    return scopes_.environment_of({}, member.key) == staging || names_staging(member.value);
  });
}

bool StagingBranch::is_of_staging(const std::string& path, const std::string& service) const {
  const TemplateScope scope = scopes_.of(path);
  return scope.environment == staging && may_be_one(service, scope.service);
}

std::set<std::string> StagingBranch::amis_at(const std::string& path,
                                             const std::string& version,
                                             BranchHistory::When when) const {
  return amis_in(history_.read_at(path, version, when), path);
}

std::set<std::string> StagingBranch::amis_in(const TemplateNode* root,
                                             const std::string& path) const {
  std::set<std::string> amis;
  if (root == nullptr) return amis;
  const TemplateScope scope = scopes_.of(path);
  each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
    if (scopes_.environment_of(scope, place) != staging) return;
    for (std::string& id : ami_ids(text)) amis.insert(std::move(id));
  });
  return amis;
}

}  // namespace patchbot
