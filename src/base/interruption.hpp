// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace patchbot {

/// While it lives, SIGINT, SIGTERM and SIGHUP are noted instead of ending the program, so that what
/// goes on elsewhere can be ended first; its end raises again what was noted. A second
/// signal ends the program at once, as if this were not. One at a time.
class Interruption {
 public:
  Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  /// The signal that came; 0 if none did.
  static int signal();
};

}  // namespace patchbot
