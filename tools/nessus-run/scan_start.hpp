// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "journal.hpp"
#include "nessus_run.hpp"
#include "services/nessus/server.hpp"

namespace patchbot {

/// Brings the journal to the step `launched`: makes or finds the scan and launches it, or takes up
/// what an earlier call began. Nothing is made or launched twice. `word` goes into the name of a
/// new scan: nobody else's has it. Throws Error(usage) for names that the server does not know,
/// Error(remote) otherwise.
void start_scan(const NessusRun& flags,
                nessus::Client& client,
                const nessus::Server& server,
                const std::vector<std::string>& targets,
                const std::string& word,
                Journal& journal,
                Log& log);

}  // namespace patchbot
