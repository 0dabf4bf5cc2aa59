// SPDX-License-Identifier: Apache-2.0
#include "scan_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "absent_agents.hpp"
#include "formats/shard_mark.hpp"
#include "scan_start.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/exports.hpp"

namespace patchbot {
namespace {

using std::chrono::seconds;

std::string why(const Ending& ending) {
  return ending.is_interrupted ? "interrupted" : "the time is over";
}

bool is_complete(const Ending& ending) {
  return ending.phase == nessus::Phase::completed && !ending.is_over_time;
}

std::string mark_of(const Shard* shard, const Ending& ending) {
  if (shard == nullptr) return {};
  Shard marked = *shard;
  marked.is_complete = is_complete(ending);
  return to_shard_mark(marked);
}

}  // namespace

ScanJob::Outcome ScanJob::run(const std::vector<std::string>& targets,
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

cli::Exit ScanJob::fetch(const Ending& ending, const std::string& output, const Shard* shard) {
  for (const std::string& note : ending.notes) log().warning("the server says: " + note);
  const ScanState& state = journal_.state();
  const std::size_t bytes = nessus::export_report(client(),
                                                  state.scan,
                                                  state.run_id,
                                                  output,
                                                  mark_of(shard, ending),
                                                  client().clock().elapsed() + grace);
  log().info(fmt::format("{}: {} bytes", output, bytes));
  cli::Exit exit = tell_absent_agents(stage_, state);
  if (!is_complete(ending)) {
    log().error("the run did not end by itself (" + ending.status + "): " + output +
                " holds what was found until then");
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
