// SPDX-License-Identifier: Apache-2.0
#include "bulk_export.hpp"

#include <algorithm>
#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "chunk_files.hpp"
#include "formats/vulns_export_state_json.hpp"
#include "pauses.hpp"
#include "services/nessus/vulns_export.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr minutes longest_silence(15);
constexpr minutes between_lines(1);
// Findings that the server takes up late are not lost between two exports.
constexpr minutes overlap(60);

VulnsExportState read_state(const std::string& file, const std::string& url) {
  VulnsExportState state;
  std::error_code ignored;
  const bool is_there = !file.empty() && std::filesystem::exists(file, ignored);
  if (is_there) state = parse_file(file, max_settings_bytes, parse_vulns_export_state);
  if (is_there && state.url != url) {
    throw Error(Blame::usage,
                file + ": is the state of an export from " + state.url + ", not from " + url +
                    "; remove the file to begin anew");
  }
  state.url = url;
  return state;
}

class BulkExport {
 public:
  explicit BulkExport(const Stage& stage)
      : stage_(stage),
        clock_(stage.client.clock()),
        state_(read_state(stage.flags.state, stage.client.url())),
        wanted_(parse_since(stage.flags.since, state_.last_success)),
        chunks_(stage.flags.output, state_.uuid),
        heard_(clock_.elapsed()),
        told_(heard_ - between_lines) {}

  cli::Exit run() {
    try {
      return fetch_all();
    } catch (...) {
      if (stage_.flags.state.empty()) chunks_.remove();  // nobody would go on with them
      throw;
    }
  }

 private:
  Log& log() const { return stage_.world.log; }

  cli::Exit fetch_all() {
    begin();
    while (!ask()) {
      if (is_over(stage_)) return leave();
      pause_between_polls(
          clock_, std::chrono::seconds(stage_.flags.poll_seconds), stage_.deadline, true);
    }
    return is_left_ ? leave() : finish();
  }

  void note() const {
    if (!stage_.flags.state.empty()) write_file(stage_.flags.state, to_json(state_));
  }

  void begin() {
    if (!state_.uuid.empty() && state_.since == wanted_) {
      log().info("going on with export " + state_.uuid + " of an earlier call");
      return;
    }
    start();
  }

  void start() {
    chunks_.remove();
    state_.since = wanted_;
    state_.started = clock_.now();
    const nessus::StartedExport started = nessus::start_vulns_export(stage_.client, wanted_);
    // Nobody knows when one that is joined was started; the server keeps none for longer.
    if (started.is_joined) *state_.started -= std::chrono::hours(24);
    state_.uuid = started.uuid;
    chunks_ = ChunkFiles(stage_.flags.output, state_.uuid);
    note();
    log().info("export " + state_.uuid + " of " +
               (wanted_ ? "what changed since " + to_rfc3339(*wanted_)
                        : "all open findings of the last 30 days"));
  }

  // Whether nothing is left to wait for. A server that does not answer is waited for, for a while.
  bool ask() {
    try {
      const auto found = nessus::vulns_export_of(stage_.client, state_.uuid);
      if (!found || !fetch(*found)) return !start_anew();
      heard_ = clock_.elapsed();
      last_ = *found;
      tell();
      return is_left_ || last_.has_ended();
    } catch (const Error& error) {
      const bool is_worth_waiting = error.blame() == Blame::remote &&
                                    clock_.elapsed() - heard_ < longest_silence && !is_over(stage_);
      if (!is_worth_waiting) throw;
      log().warning(std::string(error.what()) + "; asking again");
      return false;
    }
  }

  // False where the server has a chunk no more.
  bool fetch(const nessus::VulnsExport& found) {
    for (const std::string& chunk : found.ready) {
      if (chunks_.has(chunk)) continue;
      is_left_ = is_over(stage_);
      if (is_left_) return true;
      const auto bytes = nessus::fetch_chunk(
          stage_.client, state_.uuid, chunk, chunks_.file_of(chunk), stage_.deadline + grace);
      if (!bytes) return false;
      chunks_.add(chunk);
      bytes_ += *bytes;
      heard_ = clock_.elapsed();
    }
    return true;
  }

  // A day after it was made an export is gone. False where that is so again.
  bool start_anew() {
    last_ = {};
    if (has_restarted_) return false;
    has_restarted_ = true;
    log().warning(stage_.client.url() + ": export " + state_.uuid + " is gone; starting anew");
    start();
    return true;
  }

  void tell() {
    const std::string all = last_.total ? " of " + std::to_string(*last_.total) : "";
    const std::string line = last_.status + ", " + std::to_string(chunks_.count()) + all +
                             " chunks here, " + std::to_string(bytes_ / 1'000'000) + " MB";
    log().status(line);
    const bool is_due = clock_.elapsed() - told_ >= between_lines || last_.has_ended();
    if (!is_due) return;
    told_ = clock_.elapsed();
    log().info(line);
  }

  // With a state file the next call goes on; without one nobody will.
  cli::Exit leave() {
    const std::string why = why_over();
    if (!stage_.flags.state.empty()) {
      log().error(why + ": " + counted(chunks_.count(), "chunk is", "chunks are") +
                  " here; the next call with --state goes on");
      return cli::Exit::remote;
    }
    log().error(why + ": the export is given up; with --state the next call would go on");
    chunks_.remove();
    nessus::cancel_vulns_export(stage_.client, state_.uuid);
    return cli::Exit::remote;
  }

  cli::Exit finish() {
    const std::string gap = gap_in_it();
    chunks_.join();
    log().info(stage_.flags.output + ": " + counted(chunks_.count(), "chunk", "chunks"));
    if (gap.empty() && is_without_hole()) state_.last_success = state_.started;
    state_.uuid.clear();
    state_.since.reset();
    state_.started.reset();
    note();
    chunks_.remove();
    if (gap.empty()) return cli::Exit::clean;
    log().error(gap + ": " + stage_.flags.output + " lacks findings");
    return cli::Exit::input;
  }

  // What was asked for may begin later than where the last success ended.
  bool is_without_hole() const {
    return !wanted_ || (state_.last_success && *wanted_ <= *state_.last_success);
  }

  std::string gap_in_it() const {
    if (last_.status.empty()) return "the export is gone from the server again";
    if (!last_.is_finished()) {
      return "the server ended the export as " + last_.status +
             (last_.reason.empty() ? "" : " (" + last_.reason + ")");
    }
    if (!last_.names_chunks && !last_.total) return "the server names no chunks";
    if (last_.lost > 0) return "the server lost " + counted(last_.lost, "chunk", "chunks");
    if (last_.total && chunks_.count() < *last_.total) {
      return "the server gave " + std::to_string(chunks_.count()) + " of " +
             counted(*last_.total, "chunk", "chunks");
    }
    return {};
  }

  const Stage& stage_;
  Clock& clock_;
  VulnsExportState state_;
  std::optional<Time> wanted_;
  ChunkFiles chunks_;
  nessus::VulnsExport last_;
  milliseconds heard_;  ///< when the server last answered
  milliseconds told_;   ///< when a line was last written
  std::size_t bytes_ = 0;
  bool is_left_ = false;
  bool has_restarted_ = false;
};

}  // namespace

std::optional<Time> parse_since(const std::string& text, const std::optional<Time>& last_success) {
  if (text.empty()) return std::nullopt;
  if (text == "last") {
    return last_success ? std::optional<Time>(*last_success - overlap) : std::nullopt;
  }
  if (const auto time = parse_rfc3339(text)) return time;
  if (const auto date = parse_date(text)) return Time(*date);
  throw Error(Blame::usage,
              "--since: '" + text +
                  "' must be last, a date (2026-11-23) or a time "
                  "(2026-11-23T06:00:00Z)");
}

cli::Exit export_vulns(const Stage& stage) {
  if (!stage.server.is_cloud) {
    throw Error(Blame::usage,
                stage.client.url() + ": " + nessus::name_of(stage.server) +
                    " has no bulk export; only Tenable Vulnerability Management has");
  }
  return BulkExport(stage).run();
}

}  // namespace patchbot
