// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/time.hpp"

namespace patchbot {

/// The latest time of each machine, for reports that give one for each finding: a machine was
/// looked at when anything on it was seen last.
class Latest {
 public:
  /// The latest so far, this one included.
  std::optional<Time> of(const std::string& name, std::optional<Time> time) {
    std::optional<Time>& latest = times_[name];
    if (time) latest = std::max(latest.value_or(*time), *time);
    return latest;
  }

 private:
  std::unordered_map<std::string, std::optional<Time>> times_;
};

}  // namespace patchbot
