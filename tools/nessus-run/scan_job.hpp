// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "follow.hpp"
#include "journal.hpp"
#include "model/shard.hpp"
#include "scan_start.hpp"
#include "stage.hpp"

namespace patchbot {

/// One scan from its start to its report.
class ScanJob {
 public:
  ScanJob(const Stage& stage, Journal& journal) : stage_(stage), journal_(journal) {}

  struct Outcome {
    cli::Exit exit = cli::Exit::clean;
    bool is_left = false;   ///< it goes on on the server, for the next call
    bool is_early = false;  ///< time is over, or a signal has come
  };

  /// Makes or takes up the scan, follows it and fetches its report, behind which `shard`, if it is
  /// one, is marked. Throws Error(remote) and Error(usage).
  Outcome run(const Assignment& assignment, const std::string& output, const Shard* shard);

 private:
  const NessusRun& flags() const { return stage_.flags; }
  nessus::Client& client() const { return stage_.client; }
  Log& log() const { return stage_.world.log; }

  Patient patient(std::chrono::milliseconds until) const;
  Outcome leave(const Ending& ending) const;
  Ending stopped(const Ending& ending);
  cli::Exit fetch(const std::string& gap, const std::string& output, const Shard* shard);
  void put_away(const std::string& scan) const;

  const Stage& stage_;
  Journal& journal_;
};

}  // namespace patchbot
