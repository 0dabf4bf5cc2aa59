// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/world.hpp"
#include "model/shard.hpp"
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
};

/// Beyond --deadline: to stop what goes on, and to fetch what there is.
constexpr std::chrono::minutes grace(30);

/// Scans the targets, in one scan or in several one after another, and writes one report of all.
/// `shard`, if it is one, is marked behind it. Throws Error(remote) and Error(usage).
cli::Exit scan(const Stage& stage, const std::vector<std::string>& targets, const Shard* shard);

/// Fetches what the latest run of a scan found, once that has ended.
cli::Exit export_latest(const Stage& stage);

}  // namespace patchbot
