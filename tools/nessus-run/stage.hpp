// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "cli/world.hpp"
#include "nessus_run.hpp"
#include "services/nessus/server.hpp"

namespace patchbot {

/// What every part of a run needs. All outlive it.
struct Stage {
  const NessusRun& flags;
  nessus::Client& client;
  const nessus::Server& server;
  std::chrono::milliseconds deadline;  ///< by Clock::elapsed
  std::string word;                    ///< part of the names of new scans: nobody else's have it
  cli::World& world;
  bool has_all_targets = true;  ///< false where the list of them is partial
};

/// Whether time is over or a signal has come, so that nothing new is begun.
bool is_over(const Stage& stage);

/// "interrupted" or "the time is over".
std::string why_over();

/// Beyond --deadline: to stop what goes on, and to fetch what there is.
constexpr std::chrono::minutes grace(30);

}  // namespace patchbot
