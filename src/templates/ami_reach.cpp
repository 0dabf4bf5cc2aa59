// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_reach.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "templates/ami_id.hpp"

namespace patchbot {

std::vector<std::string> ami_ids(std::string_view value) {
  std::vector<std::string> ids;
  if (!is_ami_list(value)) return ids;
  for (const std::string_view id : split(value, ',')) ids.emplace_back(trim(id));
  return ids;
}

std::string region_of(std::string_view path) {
  for (const std::string_view step : split(path, '/')) {
    if (is_region_name(step)) return std::string(step);
  }
  return {};
}

AmiReach::AmiReach(const AmiSources& sources) {
  for (const auto& written : sources.ids) {
    for (const AmiUse& use : sources.uses.at(written.first)) by_use_[use].push_back(&written);
  }
  for (auto& [use, written] : by_use_) {
    std::sort(written.begin(), written.end(), [](const auto* a, const auto* b) {
      return a->first < b->first;
    });
  }
}

const AmiReach::Written& AmiReach::of(const AmiUse& use) const {
  static const Written none;
  const auto found = by_use_.find(use);
  return found == by_use_.end() ? none : found->second;
}

std::vector<AmiUse> AmiReach::uses() const {
  std::vector<AmiUse> uses;
  uses.reserve(by_use_.size());
  for (const auto& one : by_use_) uses.push_back(one.first);
  return uses;
}

void add_moved(const AmiReach::Written& these,
               const AmiReach::Written& others,
               std::vector<MovedAmi>& moved) {
  constexpr std::size_t most = 200;
  std::unordered_set<std::string> known;
  for (const auto* other : others) {
    for (std::string& id : ami_ids(other->second)) known.insert(std::move(id));
  }
  for (const MovedAmi& ami : moved) known.insert(ami.id);
  for (const auto* value : these) {
    for (std::string& id : ami_ids(value->second)) {
      if (moved.size() >= most || !known.insert(id).second) continue;
      moved.push_back({std::move(id), region_of(value->first), value->first, {}});
    }
  }
}

}  // namespace patchbot
