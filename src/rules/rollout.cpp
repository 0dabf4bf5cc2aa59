// SPDX-License-Identifier: Apache-2.0
#include "rules/rollout.hpp"

#include <algorithm>
#include <set>

#include "rules/ami_places.hpp"

namespace patchbot {
namespace {

using Named = std::pair<std::string, std::string>;  ///< where, and the name there

bool is_recent(const std::optional<Time>& since, Time now) {
  constexpr std::chrono::hours longest(3 * 24);  // with checkpoints and alarms, and then some
  return since && now - *since <= longest;
}

std::optional<Rollout> rollout_of(const GroupEvidence& one, const BakeOrder& bakes, Time now) {
  const auto& refresh = one.refresh;
  const bool leads_there = refresh && refresh->goes_forward() &&
                           is_recent(refresh->started_at, now) && bakes.rank_of(one.ami) == 0U;
  if (!leads_there) return std::nullopt;
  std::string reason = "instance refresh of " + one.group.name + ": " + refresh->status;
  if (refresh->percent) reason += ", " + std::to_string(*refresh->percent) + " %";
  return Rollout{std::move(reason), refresh->started_at};
}

std::optional<Rollout> rollout_of(const StackEvidence& one, const BakeOrder& bakes, Time now) {
  const bool goes_forward =
      one.stack.status == "UPDATE_IN_PROGRESS" || one.stack.status == "CREATE_IN_PROGRESS";
  const bool leads_there =
      goes_forward && is_recent(one.stack.changed_at(), now) && !one.amis.empty() &&
      std::all_of(one.amis.begin(), one.amis.end(), [&](const std::string& ami) {
        return bakes.rank_of(ami) == 0U;
      });
  if (!leads_there) return std::nullopt;
  return Rollout{"stack " + one.stack.name + ": " + one.stack.status, one.stack.changed_at()};
}

}  // namespace

std::optional<Rollout> rollout_of(const EnvironmentEvidence& here,
                                  const BakeOrder& bakes,
                                  Time now) {
  std::optional<Rollout> last;
  std::set<Named> groups;
  std::set<Named> stacks;
  for (const GroupEvidence& one : here.groups) {
    auto rolling = rollout_of(one, bakes, now);
    if (!rolling) continue;
    groups.emplace(one.where, one.group.name);
    last = std::move(rolling);
  }
  for (const StackEvidence& one : here.stacks) {
    auto rolling = rollout_of(one, bakes, now);
    if (!rolling) continue;
    stacks.emplace(one.where, one.stack.name);
    last = std::move(rolling);
  }
  const bool covers_all =
      std::all_of(here.servers.begin(), here.servers.end(), [&](const AlikeServers& some) {
        return bakes.rank_of(some.ami) == 0U || groups.contains({some.where, some.group}) ||
               stacks.contains({some.where, some.stack});
      });
  return covers_all ? last : std::nullopt;
}

std::vector<std::string> outside_of_stacks(const EnvironmentEvidence& here,
                                           const BakeOrder& bakes) {
  const bool are_others_managed =
      !here.stacks.empty() || !here.groups.empty() ||
      std::any_of(here.servers.begin(), here.servers.end(), [](const AlikeServers& some) {
        return some.belongs_somewhere();
      });
  std::vector<std::string> outside;
  for (const AlikeServers& some : here.servers) {
    if (bakes.rank_of(some.ami) == 0U) continue;
    if (some.belongs_somewhere() || !are_others_managed) return {};
    outside.insert(outside.end(), some.ids.begin(), some.ids.end());
  }
  return outside;
}

std::optional<std::pair<Time, Time>> launches_of_newest(const EnvironmentEvidence& here,
                                                        const BakeOrder& bakes) {
  std::optional<std::pair<Time, Time>> launched;
  for (const AlikeServers& some : here.servers) {
    if (bakes.rank_of(some.ami) != 0U) continue;
    if (!some.launched) return std::nullopt;
    if (!launched) launched = some.launched;
    launched->first = std::min(launched->first, some.launched->first);
    launched->second = std::max(launched->second, some.launched->second);
  }
  return launched;
}

std::optional<Proposal> best_proposal(const EnvironmentEvidence& here,
                                      const BakeOrder& bakes,
                                      std::uint32_t rank) {
  std::optional<Proposal> best;
  std::pair<std::uint32_t, bool> best_rank{rank, false};
  for (const WrittenAmis& request : here.pull_requests) {
    const auto bumps_to = oldest_written({request}, bakes);
    if (!bumps_to || std::pair(*bumps_to, request.is_draft) >= best_rank) continue;
    best = {&request, *bumps_to};
    best_rank = {*bumps_to, request.is_draft};
  }
  return best;
}

}  // namespace patchbot
