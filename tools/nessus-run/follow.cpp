// SPDX-License-Identifier: Apache-2.0
#include "follow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/interruption.hpp"
#include "base/text.hpp"
#include "pauses.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes longest_silence(15);
constexpr minutes between_lines(1);
constexpr minutes until_listed(10);
constexpr minutes until_canceled(2);

std::string duration(milliseconds time) {
  const auto whole = std::chrono::duration_cast<minutes>(time).count();
  if (whole < 1) return "less than a minute";
  return whole < 120 ? counted(static_cast<std::size_t>(whole), "minute", "minutes")
                     : fmt::format("{} h {} min", whole / 60, whole % 60);
}

// For a terminal, where a line that wraps cannot be replaced: 80 columns hold it.
std::string bar(const nessus::Progress& progress, long percent) {
  constexpr long width = 20;
  const auto done = static_cast<std::size_t>(percent * width / 100);
  return fmt::format("[{}{}] {}, {}/{} hosts, {} critical",
                     std::string(done, '#'),
                     std::string(width - done, '.'),
                     progress.status,
                     progress.hosts_done,
                     progress.hosts,
                     progress.critical);
}

class Follower {
 public:
  Follower(nessus::Client& client, ScanState& state, const Patient& patient, Log& log)
      : client_(client),
        clock_(client.clock()),
        state_(state),
        patient_(patient),
        log_(log),
        started_(clock_.elapsed()),
        heard_(started_),
        told_(started_ - between_lines) {}

  Ending follow() {
    for (;;) {
      Ending ending = ask();
      if (ending.phase == nessus::Phase::completed || ending.phase == nessus::Phase::cut_short) {
        return ending;
      }
      ending.is_interrupted = is_interrupted();
      ending.is_over_time = clock_.elapsed() >= patient_.until;
      if (ending.is_interrupted || ending.is_over_time) return ending;
      pause_between_polls(clock_, patient_.poll, patient_.until, patient_.heeds_signals);
    }
  }

 private:
  bool is_interrupted() const { return patient_.heeds_signals && Interruption::signal() != 0; }

  Ending ask() {
    Ending ending;
    try {
      if (state_.run_id.empty() && !find_run()) return ending;
      const nessus::Progress progress = nessus::progress_of(client_, state_.scan, state_.run_id);
      heard_ = clock_.elapsed();
      tell(progress);
      ending.phase = nessus::phase_of(progress.status);
      ending.status = progress.status;
      ending.notes = progress.notes;
      ending.hosts = progress.hosts;
      if (ending.phase == nessus::Phase::stopped && is_stopped_for_long()) {
        ending.phase = nessus::Phase::cut_short;
      }
    } catch (const Error& error) {
      // Whoever is to stop is told so by the caller, who can still try to end the scan.
      const bool is_to_stop = is_interrupted() || clock_.elapsed() >= patient_.until;
      const bool is_worth_waiting =
          error.blame() == Blame::remote &&
          (clock_.elapsed() - heard_ < longest_silence || (is_to_stop && patient_.heeds_signals));
      if (!is_worth_waiting) throw;
      log_.warning(std::string(error.what()) + "; asking again");
    }
    return ending;
  }

  // "stopped" is soon "canceled" as a rule (developer.tenable.com, scan status).
  bool is_stopped_for_long() {
    if (!stopped_at_) stopped_at_ = clock_.elapsed();
    return clock_.elapsed() - *stopped_at_ >= until_canceled;
  }

  // Right after a launch the scan still says what its last run was, and the new one may be missing.
  bool find_run() {
    for (const nessus::Run& run : nessus::runs_of(client_, state_.scan, patient_.is_cloud)) {
      if (run.uuid != state_.run_uuid) continue;
      state_.run_id = run.id;
      return true;
    }
    heard_ = clock_.elapsed();
    if (clock_.elapsed() - started_ > until_listed) {
      throw Error(Blame::usage,
                  client_.url() + ": scan " + state_.scan + " does not list the run that was " +
                      "launched (" + state_.run_uuid + "); was it deleted?");
    }
    return false;
  }

  void tell(const nessus::Progress& progress) {
    const milliseconds now = clock_.elapsed();
    std::string line =
        fmt::format("{}, {} of {} done; {} critical, {} high, {} medium, {} low so far; {}",
                    progress.status,
                    progress.hosts_done,
                    counted(progress.hosts, "host", "hosts"),
                    progress.critical,
                    progress.high,
                    progress.medium,
                    progress.low,
                    duration(now - started_));
    const long percent = progress.percent.value_or(0);
    std::string left;
    if (percent > 0 && percent < 100) {
      const milliseconds rest = (now - started_) * (100 - percent) / percent;
      left = (rest < minutes(1) ? ", " : ", about ") + duration(rest) + " left";
    }
    line += left;
    log_.status(bar(progress, percent) + left);
    const bool is_news = progress.status != told_status_;
    if (!is_news && now - told_ < between_lines) return;
    told_ = now;
    told_status_ = progress.status;
    log_.info(line);
  }

  nessus::Client& client_;
  Clock& clock_;
  ScanState& state_;
  const Patient& patient_;
  Log& log_;
  milliseconds started_;
  milliseconds heard_;  ///< when the server last answered
  milliseconds told_;   ///< when a line was last written
  std::optional<milliseconds> stopped_at_;
  std::string told_status_;
};

}  // namespace

Ending follow(nessus::Client& client, ScanState& state, const Patient& patient, Log& log) {
  return Follower(client, state, patient, log).follow();
}

}  // namespace patchbot
