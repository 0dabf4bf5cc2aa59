// SPDX-License-Identifier: Apache-2.0
#include "scan_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "absent_agents.hpp"
#include "base/text.hpp"
#include "formats/shard_mark.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/exports.hpp"

namespace patchbot {
namespace {

using std::chrono::seconds;

std::string why(const Ending& ending) {
  return ending.is_interrupted ? "interrupted" : "the time is over";
}

// Why the report cannot hold all that it should; empty where it can.
std::string gap_in(const Ending& ending, const Assignment& assignment) {
  if (ending.phase != nessus::Phase::completed || ending.is_over_time) {
    return "the run did not end by itself (" + ending.status + ")";
  }
  if (ending.hosts == 0 && !assignment.targets.empty()) {
    return "the run completed without any host; are " +
           counted(assignment.targets.size(), "target", "targets") + " out of the scanner's reach?";
  }
  return {};
}

std::string mark_of(const Shard* shard, bool is_complete, Time now) {
  if (shard == nullptr) return {};
  Shard marked = *shard;
  marked.is_complete = is_complete;
  marked.at = now;
  return to_shard_mark(marked);
}

}  // namespace

ScanJob::Outcome ScanJob::run(const Assignment& assignment,
                              const std::string& output,
                              const Shard* shard) {
  const bool is_of_this_list = start_scan(stage_, assignment, journal_);
  Ending ending = follow(client(), journal_.state(), patient(stage_.deadline), log());
  const bool is_early = ending.is_interrupted || ending.is_over_time;
  if (is_early && flags().on_abort == "leave") return leave(ending);
  if (is_early) ending = stopped(ending);
  for (const std::string& note : ending.notes) log().warning("the server says: " + note);
  std::string gap = gap_in(ending, assignment);
  if (gap.empty() && !is_of_this_list) gap = "the scan is of an earlier list of targets";
  return {fetch(gap, output, shard), false, is_early};
}

Patient ScanJob::patient(std::chrono::milliseconds until) const {
  return {seconds(flags().poll_seconds), until, stage_.server.is_cloud};
}

ScanJob::Outcome ScanJob::leave(const Ending& ending) const {
  const std::string again =
      flags().state.empty() ? "" : "; the next call with --state goes on with it";
  log().error(why(ending) + ": the scan goes on on the server" + again);
  return {cli::Exit::remote, true, true};
}

// What is stopped ends as canceled, soon.
Ending ScanJob::stopped(const Ending& ending) {
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

cli::Exit ScanJob::fetch(const std::string& gap, const std::string& output, const Shard* shard) {
  const ScanState& state = journal_.state();
  const bool is_complete = gap.empty() && stage_.has_all_targets;
  const std::size_t bytes =
      nessus::export_report(client(),
                            state.scan,
                            state.run_id,
                            output,
                            mark_of(shard, is_complete, client().clock().now()),
                            client().clock().elapsed() + grace);
  log().info(fmt::format("{}: {} bytes", output, bytes));
  cli::Exit exit = tell_absent_agents(stage_, state);
  if (!gap.empty()) {
    log().error(gap + ": " + output + " holds what was found until then");
    exit = cli::worst(exit, cli::Exit::input);
  }
  if (state.is_ours) put_away(state.scan);
  return exit;
}

// The report is here: that the server keeps its scan elsewhere than wished loses nothing.
void ScanJob::put_away(const std::string& scan) const {
  try {
    if (flags().after == "delete") nessus::remove(client(), scan);
    if (flags().after == "archive") {
      nessus::move_to(client(), scan, nessus::folder_made(client(), flags().archive_folder));
    }
  } catch (const Error& error) {
    log().warning(std::string(error.what()) + "; the scan stays where it is");
  }
}

}  // namespace patchbot
