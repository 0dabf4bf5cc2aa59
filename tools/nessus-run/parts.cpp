// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "formats/nessus_merge.hpp"
#include "formats/shard_mark.hpp"
#include "journal.hpp"
#include "merge.hpp"
#include "scan_job.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

/// Scans one after another, the reports of which become one. A part is done when its report is
/// here.
class PartedScan {
 public:
  PartedScan(const Stage& stage,
             std::string list,
             const std::vector<std::vector<std::string>>& parts,
             Journal& journal)
      : stage_(stage), list_(std::move(list)), parts_(parts), journal_(journal) {
    // What lies here without a state is of some other day.
    if (!journal.is_taken_up()) remove_files();
  }

  cli::Exit run(const Shard* shard) {
    while (const auto part = next()) {
      if (is_over(stage_)) return finish_early(shard);
      journal_.state().part = *part;
      const auto outcome = scan_part(*part);
      if (outcome.is_left) return outcome.exit;
      exit_ = cli::worst(exit_, outcome.exit);
      journal_.next_part();
      if (outcome.is_early) return finish_early(shard);
    }
    return finish(shard);
  }

 private:
  std::string file_of(std::size_t part) const {
    return stage_.flags.output + ".part-" + std::to_string(part);
  }

  bool is_here(std::size_t part) const {
    std::error_code ignored;
    if (!std::filesystem::exists(file_of(part), ignored)) return false;
    const Shard shard = read_shard(file_of(part));
    return shard.number == part && shard.of == parts_.size() && shard.list == list_;
  }

  // First what goes on already.
  std::optional<std::size_t> next() {
    const std::size_t begun = journal_.state().part;
    if (journal_.has_begun() && begun <= parts_.size()) return begun;
    for (std::size_t part = 1; part <= parts_.size(); ++part) {
      if (!is_here(part)) return part;
    }
    return std::nullopt;
  }

  ScanJob::Outcome scan_part(std::size_t part) {
    const std::vector<std::string>& targets = parts_[part - 1];
    const Shard shard{part, parts_.size(), list_, targets.size(), true, {}};
    const std::string which = std::to_string(part) + "/" + std::to_string(parts_.size());
    stage_.world.log.info("part " + which + " of the targets");
    const Assignment assignment{targets, list_, stage_.word + " " + which};
    return ScanJob(stage_, journal_).run(assignment, file_of(part), &shard);
  }

  cli::Exit finish_early(const Shard* shard) {
    const bool is_left = stage_.flags.on_abort == "leave" && !stage_.flags.state.empty();
    if (!is_left) return finish(shard);
    stage_.world.log.error(why_over() + ": the next call with --state goes on with the parts left");
    return cli::Exit::remote;
  }

  cli::Exit finish(const Shard* shard) {
    std::vector<std::string> files;
    for (std::size_t part = 1; part <= parts_.size(); ++part) {
      if (is_here(part)) files.push_back(file_of(part));
    }
    if (files.empty()) {
      throw Error(Blame::remote, why_over() + " before any part of the targets was scanned");
    }
    const cli::Exit exit = merge_shards(files, stage_.flags.output, shard, stage_.world.log);
    remove_files();
    journal_.close();
    return cli::worst(exit, exit_);
  }

  void remove_files() const {
    std::error_code ignored;
    for (std::size_t part = 1; part <= parts_.size(); ++part) {
      std::filesystem::remove(file_of(part), ignored);
    }
  }

  const Stage& stage_;
  std::string list_;
  const std::vector<std::vector<std::string>>& parts_;
  Journal& journal_;
  cli::Exit exit_ = cli::Exit::clean;
};

// What a state must have in common with a call that goes on with it; the targets may change.
std::string job_of(const NessusRun& flags) {
  Hasher hasher;
  hasher.add(flags.shard).add(flags.scan).add(flags.policy).add(flags.scan_template);
  hasher.add(std::to_string(flags.max_hosts));
  for (const std::string& group : flags.agent_groups) hasher.add(group);
  return hasher.digest().hex();
}

// Before hours of scanning, and not after them.
void check_writable(const std::string& file) {
  if (!file.empty()) const AtomicFile probe(file);
}

// No target is of this shard: its report says so, for who merges the shards.
cli::Exit write_empty(const Stage& stage, Shard shard) {
  shard.at = stage.client.clock().now();
  shard.is_complete = stage.has_all_targets;
  write_file(stage.flags.output,
             "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Report name=\"PatchBot\">\n"
             "</Report>\n</NessusClientData_v2>\n" +
                 to_shard_mark(shard));
  stage.world.log.info(stage.flags.output + ": no target is of this shard");
  return cli::Exit::clean;
}

}  // namespace

cli::Exit scan(const Stage& stage, const std::vector<std::string>& targets, const Shard* shard) {
  check_writable(stage.flags.output);
  check_writable(stage.flags.absent_agents);
  if (shard != nullptr && targets.empty()) return write_empty(stage, *shard);
  Journal journal(stage.flags.state, stage.client.url(), job_of(stage.flags));
  const std::string list = digest_of(targets);
  const auto parts = in_parts(targets, stage.flags.max_hosts);
  if (parts.size() > 1) return PartedScan(stage, list, parts, journal).run(shard);
  const Assignment assignment{targets, list, stage.word};
  const auto outcome = ScanJob(stage, journal).run(assignment, stage.flags.output, shard);
  if (!outcome.is_left) journal.close();
  return outcome.exit;
}

}  // namespace patchbot
