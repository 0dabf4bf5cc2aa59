// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <ostream>

#include "nessus_run.hpp"
#include "services/nessus/server.hpp"

namespace patchbot {

/// Waits while the server is loading, as it does for minutes after a start, and asks what it is.
/// Throws Error(remote) for one that does not get ready, by `deadline` (Clock::elapsed) at the
/// latest, and where a signal comes.
nessus::Server await_server(nessus::Client& client,
                            std::chrono::minutes longest,
                            std::chrono::milliseconds deadline,
                            Log& log);

/// Says line by line whether what the flags name is there, and whether scans can be launched.
cli::Exit check_server(const NessusRun& flags,
                       nessus::Client& client,
                       const nessus::Server& server,
                       std::ostream& out);

}  // namespace patchbot
