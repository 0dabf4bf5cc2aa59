// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_branch.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "model/aws_names.hpp"
#include "templates/ami_id.hpp"
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
  const std::vector<std::string> holders = history_.files_with(id);
  std::optional<Stay> longest;
  for (const auto& [path, times] : history_.changes_of(id)) {
    if (times.empty()) continue;
    const bool holds = std::find(holders.begin(), holders.end(), path) != holders.end();
    if (!(holds ? is_in(path, id, service) : was_in(path, service))) continue;
    const Time until = holds ? now : times.front();
    const Time since = holds || times.size() == 1 ? times.front() : times[1];
    if (!longest) longest.emplace();
    longest->time = std::max(longest->time, until - since);
    longest->goes_on = longest->goes_on || holds;
  }
  return longest;
}

bool StagingBranch::is_kept_for(const ReviewedFile& file) const {
  const TemplateNode* const before = history_.read(file.name);
  const TemplateNode* const maps = before == nullptr ? nullptr : before->find("Mappings");
  if (maps != nullptr && names_staging(*maps)) return true;
  const std::vector<std::string> paths = history_.template_paths();
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return was_in(path, file.scope.service);
  });
}

bool StagingBranch::is_elsewhere(const ReviewedFile& file, const std::string& region) const {
  if (region.empty()) return false;
  std::set<std::string> regions;
  bool is_anywhere = false;  // an AMI for whatever region
  std::size_t files = 0;
  for (const std::string& path : history_.template_paths()) {
    const TemplateScope scope = scopes_.of(path);
    if (path != file.name && !was_in(path, file.scope.service)) continue;
    if (++files > most_files_for_regions) return false;
    const TemplateNode* const root = history_.read(path);
    if (root == nullptr) continue;
    each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
      if (!is_ami_id(text) || scopes_.environment_of(scope, place) != staging) return;
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

// By the file alone: where in it the id stood, nobody knows any more.
bool StagingBranch::was_in(const std::string& path, const std::string& service) const {
  const TemplateScope scope = scopes_.of(path);
  return scope.environment == staging && may_be_one(service, scope.service);
}

bool StagingBranch::is_in(const std::string& path,
                          const std::string& id,
                          const std::string& service) const {
  const TemplateNode* const root = history_.read(path);
  const TemplateScope scope = scopes_.of(path);
  if (root == nullptr || !may_be_one(service, scope.service)) return false;
  bool found = false;
  each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
    found = found || (text == id && scopes_.environment_of(scope, place) == staging);
  });
  return found;
}

}  // namespace patchbot
