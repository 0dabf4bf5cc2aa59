// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace patchbot {

/// Which findings a waiver covers. Every non-empty list must match; each holds globs, one of which
/// must match.
struct WaiverMatch {
  std::vector<std::string> id;  ///< globs of the scanner's own id, or whole finding ids
  std::vector<std::string> cve;
  std::vector<std::string> check;
  std::vector<std::string> package;
  std::vector<std::string> asset;
  std::vector<std::string> team;
  std::vector<std::string> environment;
  bool operator==(const WaiverMatch&) const = default;
};

/// An accepted risk: somebody's name, a reason and an end.
struct Waiver {
  std::string id;
  WaiverMatch match;
  std::string owner;
  std::string reason;
  Date expires{};  ///< valid through this whole day, UTC
  std::string ticket;
  std::string approver;
  Position position;  ///< in the waivers file
};

}  // namespace patchbot
