// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "world.hpp"

namespace patchbot::test::fake {

/// What a run finds on one host.
struct FoundHost {
  std::string name;
  std::string address;
  std::array<long, 5> findings{1, 0, 2, 0, 1};  ///< by severity, info first
};

/// One run of a scan.
struct Run {
  long id = 0;
  std::string uuid;
  milliseconds launched{};
  std::optional<milliseconds> stopped;
  std::optional<milliseconds> window;  ///< that agents have, where not all of them report
  std::vector<std::string> targets;
  bool has_other_targets = false;  ///< than its scan
  std::vector<FoundHost> hosts;
  std::string report;  ///< a file, where the report is not written here
};

/// A run gets on as the clock does.
std::string status_of(const World& world, const Run& run);
bool goes_on(const World& world, const Run& run);  ///< so that it can be stopped
std::size_t hosts_done(const World& world, const Run& run);
std::optional<milliseconds> end_of(const World& world, const Run& run);  ///< if it has ended

}  // namespace patchbot::test::fake
