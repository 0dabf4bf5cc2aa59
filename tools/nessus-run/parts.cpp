// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/interruption.hpp"
#include "formats/shard_mark.hpp"
#include "merge.hpp"
#include "scan_job.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

/// Scans one after another, the reports of which become one.
class PartedScan {
 public:
  PartedScan(const Stage& stage,
             const std::vector<std::string>& targets,
             const std::vector<std::vector<std::string>>& parts,
             Journal& journal)
      : stage_(stage), list_(digest_of(targets)), parts_(parts), journal_(journal) {}

  cli::Exit run(const Shard* shard) {
    while (journal_.state().part <= parts_.size()) {
      if (is_over()) break;
      const auto outcome = scan_part(journal_.state().part);
      if (outcome.is_left) return outcome.exit;
      journal_.next_part();
      if (outcome.is_early) break;
    }
    return finish(shard);
  }

 private:
  bool is_over() const {
    return Interruption::signal() != 0 || stage_.client.clock().elapsed() >= stage_.deadline;
  }

  std::string file_of(std::size_t part) const {
    return stage_.flags.output + ".part-" + std::to_string(part);
  }

  ScanJob::Outcome scan_part(std::size_t part) {
    const std::vector<std::string>& targets = parts_[part - 1];
    const Shard shard{part, parts_.size(), list_, targets.size(), true};
    const std::string which = std::to_string(part) + "/" + std::to_string(parts_.size());
    stage_.world.log.info("part " + which + " of the targets");
    return ScanJob(stage_, journal_).run(targets, stage_.word + " " + which, file_of(part), &shard);
  }

  cli::Exit finish(const Shard* shard) {
    std::vector<std::string> files;
    for (std::size_t part = 1; part < journal_.state().part; ++part) files.push_back(file_of(part));
    if (files.empty()) {
      throw Error(Blame::remote, "no part of the targets was scanned before the time was over");
    }
    const cli::Exit exit = merge_shards(files, stage_.flags.output, shard, stage_.world.log);
    std::error_code ignored;
    for (const std::string& file : files) std::filesystem::remove(file, ignored);
    journal_.close();
    return exit;
  }

  const Stage& stage_;
  std::string list_;
  const std::vector<std::vector<std::string>>& parts_;
  Journal& journal_;
};

// No target is of this shard: its report says so, for who merges the shards.
cli::Exit write_empty(const Stage& stage, const Shard& shard) {
  write_file(stage.flags.output,
             "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Report name=\"PatchBot\">\n"
             "</Report>\n</NessusClientData_v2>\n" +
                 to_shard_mark(shard));
  stage.world.log.info(stage.flags.output + ": no target is of this shard");
  return cli::Exit::clean;
}

}  // namespace

cli::Exit scan(const Stage& stage, const std::vector<std::string>& targets, const Shard* shard) {
  if (shard != nullptr && targets.empty()) return write_empty(stage, *shard);
  Journal journal(stage.flags.state, stage.client.url());
  const auto parts = in_parts(targets, stage.flags.max_hosts);
  if (parts.size() > 1) return PartedScan(stage, targets, parts, journal).run(shard);
  const auto outcome = ScanJob(stage, journal).run(targets, stage.word, stage.flags.output, shard);
  if (!outcome.is_left) journal.close();
  return outcome.exit;
}

}  // namespace patchbot
