// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "formats/scan_state_json.hpp"

namespace patchbot {

Journal::Journal(std::string file, const std::string& url) : file_(std::move(file)) {
  state_.url = url;
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
}

void Journal::note(ScanState::Step step) {
  state_.step = step;
  if (!file_.empty()) write_file(file_, to_json(state_));
}

void Journal::next_part() {
  ScanState next;
  next.url = state_.url;
  next.part = state_.part + 1;
  state_ = next;
  note(ScanState::Step::next_part);
}

void Journal::close() {
  std::error_code ignored;
  if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

}  // namespace patchbot
