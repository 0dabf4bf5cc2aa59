// SPDX-License-Identifier: Apache-2.0
#include "scan_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "absent_agents.hpp"
#include "base/atomic_file.hpp"
#include "base/interruption.hpp"
#include "follow.hpp"
#include "formats/shard_mark.hpp"
#include "journal.hpp"
#include "merge.hpp"
#include "scan_start.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/exports.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

using std::chrono::seconds;

/// One scan from its start to its report.
class ScanJob {
 public:
  ScanJob(const Stage& stage, Journal& journal) : stage_(stage), journal_(journal) {}

  struct Outcome {
    cli::Exit exit = cli::Exit::clean;
    bool is_left = false;   ///< it goes on on the server, for the next call
    bool is_early = false;  ///< time is over, or a signal has come
  };

  Outcome run(const std::vector<std::string>& targets,
              const std::string& word,
              const std::string& output,
              const Shard* shard) {
    start_scan(flags(), client(), stage_.server, targets, word, journal_, log());
    Ending ending = follow(client(), journal_.state(), patient(stage_.deadline), log());
    const bool is_early = ending.is_interrupted || ending.is_over_time;
    if (is_early && flags().on_abort == "leave") return leave(ending);
    if (is_early) ending = stopped(ending);
    return {fetch(ending, output, shard), false, is_early};
  }

 private:
  const NessusRun& flags() const { return stage_.flags; }
  nessus::Client& client() const { return stage_.client; }
  Log& log() const { return stage_.world.log; }

  Patient patient(std::chrono::milliseconds until) const {
    return {seconds(flags().poll_seconds), until, stage_.server.is_cloud};
  }

  static std::string why(const Ending& ending) {
    return ending.is_interrupted ? "interrupted" : "the time is over";
  }

  Outcome leave(const Ending& ending) const {
    const std::string again =
        flags().state.empty() ? "" : "; the next call with --state goes on with it";
    log().error(why(ending) + ": the scan goes on on the server" + again);
    return {cli::Exit::remote, true, true};
  }

  // What is stopped ends as canceled, soon.
  Ending stopped(const Ending& ending) {
    log().warning(why(ending) + ": stopping the scan");
    nessus::stop(client(), journal_.state().scan);
    Patient brief = patient(client().clock().elapsed() + grace / 3);
    brief.poll = std::min<seconds>(brief.poll, seconds(5));
    brief.heeds_signals = false;
    Ending last = follow(client(), journal_.state(), brief, log());
    last.is_interrupted = ending.is_interrupted;
    last.is_over_time = true;
    return last;
  }

  cli::Exit fetch(const Ending& ending, const std::string& output, const Shard* shard) {
    for (const std::string& note : ending.notes) log().warning("the server says: " + note);
    const ScanState& state = journal_.state();
    const bool is_complete = ending.phase == nessus::Phase::completed && !ending.is_over_time;
    std::string mark;
    if (shard != nullptr) {
      Shard marked = *shard;
      marked.is_complete = is_complete;
      mark = to_shard_mark(marked);
    }
    const std::size_t bytes = nessus::export_report(
        client(), state.scan, state.run_id, output, mark, client().clock().elapsed() + grace);
    log().info(fmt::format("{}: {} bytes", output, bytes));
    cli::Exit exit = tell_absent_agents(stage_, state);
    if (!is_complete) {
      log().error("the run did not end by itself (" + ending.status + "): " + output +
                  " holds what was found until then");
      exit = cli::worst(exit, cli::Exit::input);
    }
    if (state.is_ours) put_away(state.scan);
    return exit;
  }

  // The report is here: that the server keeps its scan elsewhere than wished loses nothing.
  void put_away(const std::string& scan) const {
    try {
      if (flags().after == "delete") nessus::remove(client(), scan);
      if (flags().after == "archive") {
        nessus::move_to(client(), scan, nessus::folder_made(client(), flags().archive_folder));
      }
    } catch (const Error& error) {
      log().warning(std::string(error.what()) + "; the scan stays where it is");
    }
  }

  const Stage& stage_;
  Journal& journal_;
};

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

cli::Exit export_latest(const Stage& stage) {
  const NessusRun& flags = stage.flags;
  const nessus::Scan found = nessus::scan_called(stage.client, flags.scan);
  const auto runs = nessus::runs_of(stage.client, found.id, stage.server.is_cloud);
  ScanState state;
  state.scan = found.id;
  if (!runs.empty()) state.run_id = runs.front().id;
  const Patient patient{seconds(flags.poll_seconds), stage.deadline, stage.server.is_cloud};
  const Ending ending = follow(stage.client, state, patient, stage.world.log);
  if (ending.is_over_time) {
    throw Error(Blame::remote,
                stage.client.url() + ": the scan '" + found.name + "' has not ended in time (" +
                    ending.status + ")");
  }
  const std::size_t bytes = nessus::export_report(stage.client,
                                                  found.id,
                                                  state.run_id,
                                                  flags.output,
                                                  {},
                                                  stage.client.clock().elapsed() + grace);
  stage.world.log.info(fmt::format("{}: {} bytes", flags.output, bytes));
  return ending.phase == nessus::Phase::completed ? cli::Exit::clean : cli::Exit::input;
}

}  // namespace patchbot
