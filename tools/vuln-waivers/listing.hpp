// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy.hpp"
#include "roster.hpp"

namespace patchbot {

/// What a command has to say.
struct WaiverListing {
  std::string command;
  std::string file;
  Time as_of{};
  std::vector<RosterRow> rows;
  std::vector<WaiverProblem> problems;  ///< of check
};

/// In the format of the flag; tables and CSV of `check` hold the problems, else the waivers.
std::string to_listing(const WaiverListing& listing, const std::string& format);

}  // namespace patchbot
