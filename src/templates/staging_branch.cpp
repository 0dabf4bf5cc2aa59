// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_branch.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "templates/ami_reach.hpp"
#include "templates/list_items.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

constexpr const char* staging = "staging";
constexpr std::size_t most_files_for_regions = 200;  // a question about each costs reading it
constexpr std::size_t most_files_inside = 300;
constexpr std::size_t most_moments = 30;

using Visit = std::function<void(const std::string& path, const std::string& text)>;

void each_scalar(const TemplateNode& node, const std::string& path, const Visit& visit) {
  if (node.is_scalar()) visit(path, node.text);
  const auto paths = item_paths(node.items, path);
  for (std::size_t i = 0; i < paths.size(); ++i) each_scalar(node.items[i], paths[i], visit);
  for (const TemplateNode::Member& member : node.members) {
    each_scalar(member.value, below(path, member.key), visit);
  }
}

}  // namespace

std::optional<StagingBranch::Stay> StagingBranch::stay_of(const std::string& id,
                                                          const std::string& service,
                                                          Time now) const {
  std::optional<Stay> all;
  for (const auto& [path, moments] : history_.changes_of(id)) {
    if (!may_hold_staging(path, service)) continue;
    add(all, stay_in(path, moments, id, now));
  }
  return all;
}

// What was taken back counts only where nothing else does.
void StagingBranch::add(std::optional<Stay>& all, const std::optional<Stay>& one) {
  if (!one) return;
  if (!all || (all->taken_back && !one->taken_back)) {
    all = one;
  } else if (all->taken_back == one->taken_back) {
    all->time = std::max(all->time, one->time);
    all->goes_on = all->goes_on || one->goes_on;
  }
}

// Of a file that is another environment's only a map can be staging's.
bool StagingBranch::may_hold_staging(const std::string& path, const std::string& service) const {
  const TemplateScope scope = scopes_.of(path);
  if (!may_be_one(service, scope.service)) return false;
  return scope.environment.empty() || scope.environment == staging ||
         !values_in(history_.read(path), path).empty();
}

// Lines with the id change when more services or regions follow, so each version is looked at: from
// when on, without a break, staging has it.
std::optional<StagingBranch::Stay> StagingBranch::stay_in(const std::string& path,
                                                          const Moments& moments,
                                                          const std::string& id,
                                                          Time now) const {
  std::optional<Stay> all;
  std::size_t end = 0;  // where the stay that is looked at ended
  const std::size_t count = std::min(moments.size(), most_moments);
  for (std::size_t i = 0; i < count; ++i) {
    const BranchHistory::Moment& moment = moments[i];
    if (!has(path, moment.version, id)) {
      end = i + 1;
      continue;
    }
    const bool is_start = i + 1 == count || !has(path, moments[i + 1].version, id);
    if (!is_start) continue;
    Stay stay{(end == 0 ? now : moments[end - 1].time) - moment.time, end == 0, false};
    stay.taken_back = end > 0 && is_taken_back(path, moment, moments[end - 1], id);
    const bool is_older_and_refused = all && stay.taken_back;
    if (!is_older_and_refused) add(all, stay);
    if (stay.taken_back) break;  // what was before that proves nothing
  }
  return all;
}

// Where it stood there stands again, or since, what had stood there before.
bool StagingBranch::is_taken_back(const std::string& path,
                                  const BranchHistory::Moment& came,
                                  const BranchHistory::Moment& went,
                                  const std::string& id) const {
  using When = BranchHistory::When;
  const Values before = values_in(history_.read_at(path, came.version, When::before), path);
  const Values meanwhile = values_in(history_.read_at(path, came.version, When::after), path);
  const Values since = values_in(history_.read_at(path, went.version, When::after), path);
  const Values now = values_in(history_.read(path), path);
  const bool is_gone = history_.read_at(path, went.version, When::after) == nullptr;
  return std::any_of(meanwhile.begin(), meanwhile.end(), [&](const auto& one) {
    const std::string& place = one.first;
    const std::string& text = one.second;
    const auto old = before.find(place);
    if (old == before.end() || old->second == text || text.find(id) == std::string::npos)
      return false;
    const auto is_back = [&](const Values& values) {
      const auto found = values.find(place);
      return found != values.end() && found->second == old->second;
    };
    return is_back(since) || is_back(now) || (is_gone && came_elsewhere(path, went, old->second));
  });
}

// Whether what a file had before came to another one of staging as the file went, or later.
bool StagingBranch::came_elsewhere(const std::string& path,
                                   const BranchHistory::Moment& went,
                                   const std::string& text) const {
  const std::vector<std::string> ids = ami_ids(text);
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const BranchHistory::Changes& changes = history_.changes_of(id);
    return std::any_of(changes.begin(), changes.end(), [&](const auto& file) {
      const auto came_since = [&](const BranchHistory::Moment& one) {
        return one.time >= went.time && has(file.first, one.version, id) &&
               !has(file.first, one.version, id, BranchHistory::When::before);
      };
      const Moments& moments = file.second;
      const std::size_t count = std::min(moments.size(), most_moments);
      return file.first != path && may_hold_staging(file.first, scopes_.of(path).service) &&
             std::any_of(
                 moments.begin(), moments.begin() + static_cast<std::ptrdiff_t>(count), came_since);
    });
  });
}

StagingBranch::Keeping StagingBranch::keeping_for(const ReviewedFile& file) const {
  if (!values_in(history_.read(file.path), file.path).empty()) return Keeping::written;
  const std::vector<std::string> paths = history_.template_paths();
  const bool is_by_path = std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return is_of_staging(path, file.scope.service);
  });
  return is_by_path ? Keeping::written : keeping_inside(paths, file.scope.service);
}

// Settings of SAM, and maps, have environments inside that their paths do not tell.
StagingBranch::Keeping StagingBranch::keeping_inside(const std::vector<std::string>& paths,
                                                     const std::string& service) const {
  Keeping found = Keeping::none;
  std::size_t files = 0;
  for (const std::string& path : paths) {
    if (!may_be_one(service, scopes_.of(path).service)) continue;
    if (++files > most_files_inside) return Keeping::unknown;
    const TemplateNode* const root = history_.read(path);
    if (root == nullptr) continue;
    if (!values_in(root, path).empty()) return Keeping::written;
    if (has_settings_of_staging(*root, path)) found = Keeping::chosen;
  }
  return found;
}

bool StagingBranch::has_settings_of_staging(const TemplateNode& root,
                                            const std::string& path) const {
  const TemplateScope scope = scopes_.of(path);
  const std::vector<ParameterSet> sets = parameter_sets(root);
  return std::any_of(sets.begin(), sets.end(), [&](const ParameterSet& set) {
    return !set.place.empty() && scopes_.environment_of(scope, set.place) == staging;
  });
}

bool StagingBranch::is_elsewhere(const ReviewedFile& file, const std::string& region) const {
  if (region.empty()) return false;
  std::set<std::string> regions;
  bool is_anywhere = false;  // an AMI for whatever region
  std::size_t files = 0;
  std::size_t others = 0;
  for (const std::string& path : history_.template_paths()) {
    const TemplateScope scope = scopes_.of(path);
    if (!may_be_one(file.scope.service, scope.service)) continue;
    const bool is_likely = path == file.path || scope.environment == staging;
    if (!is_likely && ++others > most_files_inside) continue;
    if (is_likely && ++files > most_files_for_regions) return false;
    const TemplateNode* const root = history_.read(path);
    if (root == nullptr) continue;
    const std::vector<ParameterSet> sets = parameter_sets(*root);
    each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
      if (ami_ids(text).empty() || scopes_.environment_of(scope, place) != staging) return;
      std::string named = region_of(place);
      if (named.empty()) named = region_at(sets, place);
      if (named.empty() && scope.regions.empty()) is_anywhere = true;
      regions.insert(scope.regions.begin(), scope.regions.end());
      regions.insert(named);
    });
  }
  regions.erase("");
  return !is_anywhere && !regions.empty() && !regions.contains(region);
}

bool StagingBranch::is_of_staging(const std::string& path, const std::string& service) const {
  const TemplateScope scope = scopes_.of(path);
  return scope.environment == staging && may_be_one(service, scope.service);
}

bool StagingBranch::has(const std::string& path,
                        const std::string& version,
                        const std::string& id,
                        BranchHistory::When when) const {
  const Values values = values_in(history_.read_at(path, version, when), path);
  return std::any_of(values.begin(), values.end(), [&](const auto& one) {
    const std::vector<std::string> ids = ami_ids(one.second);
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  });
}

StagingBranch::Values StagingBranch::values_in(const TemplateNode* root,
                                               const std::string& path) const {
  Values values;
  if (root == nullptr) return values;
  const TemplateScope scope = scopes_.of(path);
  each_scalar(*root, "", [&](const std::string& place, const std::string& text) {
    const bool is_ours = !ami_ids(text).empty() && scopes_.environment_of(scope, place) == staging;
    if (is_ours) values.emplace(place, text);
  });
  return values;
}

}  // namespace patchbot
