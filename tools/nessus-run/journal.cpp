// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "formats/scan_state_json.hpp"

namespace patchbot {

Journal::Journal(std::string file, const std::string& url, const std::string& job)
    : file_(std::move(file)) {
  state_.url = url;
  state_.job = job;
  std::error_code ignored;
  if (file_.empty() || !std::filesystem::exists(file_, ignored)) return;
  constexpr std::size_t max_bytes = std::size_t{16} * 1024 * 1024;
  state_ = parse_file(file_, max_bytes, parse_scan_state);
  has_begun_ = true;
  if (state_.url != url) {
    throw Error(Blame::usage,
                file_ + ": is the state of a scan on " + state_.url + ", not on " + url +
                    "; remove the file to begin anew");
  }
  if (state_.job != job) {
    throw Error(Blame::usage,
                file_ +
                    ": is the state of another scan: with other flags, or of another shard. Each "
                    "needs a file of its own; remove this one to begin anew");
  }
}

void Journal::note(ScanState::Step step) {
  state_.step = step;
  if (!file_.empty()) write_file(file_, to_json(state_));
}

void Journal::next_part() {
  forget_scan();
  note(ScanState::Step::next_part);
}

void Journal::forget_scan() {
  ScanState next;
  next.url = state_.url;
  next.job = state_.job;
  next.part = state_.part;
  next.step = ScanState::Step::next_part;
  state_ = next;
}

void Journal::close() {
  std::error_code ignored;
  if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

}  // namespace patchbot
