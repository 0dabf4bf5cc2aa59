// SPDX-License-Identifier: Apache-2.0
#include "rules/ami_places.hpp"

#include <algorithm>

namespace patchbot {
namespace {

void add(const std::string& ami,
         const std::optional<Time>& since,
         const BakeOrder& bakes,
         Deployed& all) {
  const bool is_newest = bakes.rank_of(ami) == 0U;
  all.is_newest = is_newest && (all.is_newest || !all.is_older);
  all.is_older = all.is_older || !is_newest;
  if (is_newest) all.since = std::max(all.since, since);
}

}  // namespace

Deployed deployed(const EnvironmentEvidence& here, const BakeOrder& bakes) {
  Deployed all;
  for (const GroupEvidence& one : here.groups) {
    if (!one.ami.empty()) add(one.ami, one.since, bakes, all);
  }
  // A launch template is nearer to the servers than a parameter of its stack.
  if (all.is_newest || all.is_older) return all;
  for (const StackEvidence& one : here.stacks) {
    const auto& updated = one.stack.updated_at ? one.stack.updated_at : one.stack.created_at;
    // Of several AMIs of a stack, those of other families are for other servers.
    const bool has_ours =
        std::any_of(one.amis.begin(), one.amis.end(), [&](const std::string& ami) {
          return bakes.rank_of(ami).has_value();
        });
    for (const std::string& ami : one.amis) {
      if (!has_ours || bakes.rank_of(ami)) add(ami, updated, bakes, all);
    }
  }
  return all;
}

std::optional<std::uint32_t> oldest_written(const std::vector<WrittenAmis>& written,
                                            const BakeOrder& bakes) {
  std::optional<std::uint32_t> oldest;
  for (const WrittenAmis& one : written) {
    if (one.amis.empty()) return std::nullopt;
    for (const std::string& ami : one.amis) {
      const auto rank = bakes.rank_of(ami);
      if (!rank) return std::nullopt;
      oldest = std::max(oldest.value_or(0), *rank);
    }
  }
  return oldest;
}

std::vector<std::string> amis_of(const std::vector<WrittenAmis>& written) {
  std::vector<std::string> all;
  for (const WrittenAmis& one : written) {
    for (const std::string& ami : one.amis) {
      if (std::find(all.begin(), all.end(), ami) == all.end()) all.push_back(ami);
    }
  }
  return all;
}

std::optional<Time> since_of(const std::vector<WrittenAmis>& written) {
  std::optional<Time> since;
  for (const WrittenAmis& one : written) since = std::max(since, one.since);
  return since;
}

}  // namespace patchbot
