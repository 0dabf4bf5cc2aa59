// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "base/log.hpp"
#include "model/scan_state.hpp"
#include "services/nessus/scans.hpp"

namespace patchbot {

/// How a run ended, or why nobody waits any longer.
struct Ending {
  nessus::Phase phase = nessus::Phase::going_on;
  std::string status;              ///< the server's word
  std::vector<std::string> notes;  ///< what the server says of it
  std::size_t hosts = 0;           ///< that it found
  bool is_over_time = false;
  bool is_interrupted = false;  ///< by a signal
};

struct Patient {
  std::chrono::seconds poll;
  std::chrono::milliseconds until;  ///< by Clock::elapsed
  bool is_cloud = false;
  bool heeds_signals = true;
};

/// Asks until the run of `state` has ended, time is over, or a signal has come; finds the run's id
/// by its uuid. On a terminal a line shows how far it is, a log gets one a minute. A server that
/// does not answer is waited for, a quarter of an hour; then it throws Error(remote).
Ending follow(nessus::Client& client, ScanState& state, const Patient& patient, Log& log);

}  // namespace patchbot
