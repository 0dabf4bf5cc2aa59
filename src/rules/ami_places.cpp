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

// A launch template is nearer to the servers of its group than a parameter of their stack.
bool has_servers_of_its_own(const StackEvidence& stack, const EnvironmentEvidence& here) {
  return std::any_of(here.servers.begin(), here.servers.end(), [&](const AlikeServers& some) {
    return some.where == stack.where && some.stack == stack.stack.name && some.group.empty();
  });
}

}  // namespace

Deployed deployed(const EnvironmentEvidence& here, const BakeOrder& bakes) {
  Deployed all;
  for (const GroupEvidence& one : here.groups) {
    const bool rests = one.group.desired == 0 && !here.servers.empty();  // the other colour
    if (!one.ami.empty() && !rests) add(one.ami, one.since, bakes, all);
  }
  const bool groups_say = all.is_newest || all.is_older;
  for (const StackEvidence& one : here.stacks) {
    if (groups_say && !has_servers_of_its_own(one, here)) continue;
    const std::optional<Time> updated = one.stack.changed_at();
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
    bool is_ours = false;
    for (const std::string& ami : one.amis) {
      const auto rank = bakes.rank_of(ami);
      if (!rank) continue;  // for other servers
      is_ours = true;
      oldest = std::max(oldest.value_or(0), *rank);
    }
    if (!is_ours) return std::nullopt;
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
