// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "roster.hpp"
#include "vuln_waivers.hpp"

namespace patchbot {

/// Something that is wrong with a waiver.
struct WaiverProblem {
  enum class Level : std::uint8_t { warn, fail, error };

  Level level = Level::warn;
  std::string rule;    ///< expired, too-long, ...
  std::string waiver;  ///< its id; empty where an entry could not be read
  Position position;   ///< in the waivers file
  std::string text;
};

std::string_view to_text(WaiverProblem::Level level);

/// What the flags of `check` object to, in the order of the file.
std::vector<WaiverProblem> check_policy(const std::vector<RosterRow>& rows,
                                        const VulnWaivers& flags);

}  // namespace patchbot
