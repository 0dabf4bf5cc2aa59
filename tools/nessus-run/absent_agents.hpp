// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/exit.hpp"
#include "model/scan_state.hpp"
#include "stage.hpp"

namespace patchbot {

/// Says which agents of the scanned groups are in none of the run's hosts, and writes them all to
/// --absent-agents. One that is in touch with the server and did not report makes the report
/// incomplete (Exit::input); one that is off is a warning: its machine may be gone. Without agent
/// groups nothing happens. A server that does not tell is said, with the status of that.
cli::Exit tell_absent_agents(const Stage& stage, const ScanState& state);

}  // namespace patchbot
