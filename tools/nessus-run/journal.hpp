// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/scan_state.hpp"

namespace patchbot {

/// The state of a scan, and the file that keeps it for the next call; without a file it is kept for
/// this call alone.
class Journal {
 public:
  /// Reads the file if it is there. `job` names what was asked for. Throws Error(input) for one
  /// that is no state, and Error(usage) for one of another server or job.
  Journal(std::string file, const std::string& url, const std::string& job);

  /// Whether an earlier call left a state.
  bool is_taken_up() const { return has_begun_; }

  /// Whether a scan is there that an earlier call made or launched.
  bool has_begun() const { return has_begun_ && state_.step != ScanState::Step::next_part; }
  ScanState& state() { return state_; }

  /// Before and after each step. Throws Error(usage) where it cannot be written.
  void note(ScanState::Step step);

  /// The scan is fetched; the next one, of another part of the targets, is not begun.
  void next_part();

  /// The scan is there no more: another one of the same part is not begun.
  void forget_scan();

  /// All is done: the next call begins anew.
  void close();

 private:
  std::string file_;
  ScanState state_;
  bool has_begun_ = false;
};

}  // namespace patchbot
