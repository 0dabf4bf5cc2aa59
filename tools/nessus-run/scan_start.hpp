// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "journal.hpp"
#include "stage.hpp"

namespace patchbot {

/// What one scan is to scan.
struct Assignment {
  std::vector<std::string> targets;  ///< none for agents, or an existing scan's own
  std::string list;                  ///< digest of all targets of which these are a part
  std::string word;                  ///< goes into the name of a new scan: nobody else's has it
};

/// Brings the journal to the step `launched`: makes or finds the scan and launches it, or takes up
/// what an earlier call began. Nothing is made or launched twice. False where what goes on is of
/// another list of targets. Throws Error(usage) for names that the server does not know,
/// Error(remote) otherwise, also where time is over before anything is launched.
bool start_scan(const Stage& stage, const Assignment& assignment, Journal& journal);

}  // namespace patchbot
