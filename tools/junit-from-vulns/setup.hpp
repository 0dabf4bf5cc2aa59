// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/feeds/cached_feeds.hpp"
#include "junit_from_vulns.hpp"
#include "model/baseline.hpp"
#include "model/config.hpp"
#include "model/inventory.hpp"
#include "rules/waivers.hpp"

namespace patchbot {

/// All that the flags name, read and checked before the first report is touched. Throws
/// Error(usage) for settings, Error(input) for inventories.
struct Setup {
  Config config;
  Waivers waivers;
  Inventory inventory;
  std::optional<Inventory> after;
  std::optional<Baseline> baseline;
  CachedFeeds feeds;
  std::optional<Time> last_run;

  Setup(const JunitFromVulns& flags, Time now);

  /// What a person should know of the settings once all reports are read, one line each.
  std::vector<std::string> remarks() const;

 private:
  std::vector<std::string> feed_remarks_;
};

}  // namespace patchbot
