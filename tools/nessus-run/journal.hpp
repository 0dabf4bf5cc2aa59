// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/scan_state.hpp"

namespace patchbot {

/// The state of a scan, and the file that keeps it for the next call; without a file it is kept for
/// this call alone.
class Journal {
 public:
  /// Reads the file if it is there. Throws Error(input) for one that is no state, and Error(usage)
  /// for one of another server.
  Journal(std::string file, const std::string& url);

  bool has_begun() const { return has_begun_; }
  ScanState& state() { return state_; }

  /// Before and after each step. Throws Error(usage) where it cannot be written.
  void note(ScanState::Step step);

  /// All is done: the next call begins anew.
  void close();

 private:
  std::string file_;
  ScanState state_;
  bool has_begun_ = false;
};

}  // namespace patchbot
