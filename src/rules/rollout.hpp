// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/patch_evidence.hpp"

// How the servers of one environment come to the newest AMI.

namespace patchbot {

struct Rollout {
  std::string reason;  ///< "instance refresh of web: InProgress, 50 %"
  std::optional<Time> since;
};

/// The stack or the instance refresh that replaces servers right now: it goes forward, is recent,
/// leads to the newest AMI, and all outdated servers are a part of it or of another one.
std::optional<Rollout> rollout_of(const EnvironmentEvidence& here,
                                  const BakeOrder& bakes,
                                  Time now);

/// Ids of the outdated servers if all of them belong to no stack and no group, and others do.
std::vector<std::string> outside_of_stacks(const EnvironmentEvidence& here, const BakeOrder& bakes);

/// The first and the last launch of the servers that run the newest AMI; none if there are none, or
/// one launch is unknown.
std::optional<std::pair<Time, Time>> launches_of_newest(const EnvironmentEvidence& here,
                                                        const BakeOrder& bakes);

/// A pull request that bumps.
struct Proposal {
  const WrittenAmis* request;
  std::uint32_t rank;  ///< how many bakes it leaves the template behind
};

/// The one that leads closest to the newest AMI, if that is closer than `rank`; of several, one
/// that is no draft.
std::optional<Proposal> best_proposal(const EnvironmentEvidence& here,
                                      const BakeOrder& bakes,
                                      std::uint32_t rank);

}  // namespace patchbot
