// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/patch_evidence.hpp"

// What each place on an AMI's way to the servers has: the template, the stack, the launch template.

namespace patchbot {

/// What launch templates have, and what stacks were deployed with whose servers are in no group.
/// Those that do not say do not count.
struct Deployed {
  bool is_newest = false;       ///< all of them have the newest bake, and there is one that says
  bool is_older = false;        ///< one of them has an older one
  std::optional<Time> since{};  ///< of the newest, where it is known
};
Deployed deployed(const EnvironmentEvidence& here, const BakeOrder& bakes);

/// How many bakes the worst of what is written is behind; none if a part of it names no AMI of the
/// family. AMIs of other families beside one of its own are for other servers.
std::optional<std::uint32_t> oldest_written(const std::vector<WrittenAmis>& written,
                                            const BakeOrder& bakes);

/// All AMIs that are written, each once, in their order.
std::vector<std::string> amis_of(const std::vector<WrittenAmis>& written);

/// When the last of it was written.
std::optional<Time> since_of(const std::vector<WrittenAmis>& written);

}  // namespace patchbot
