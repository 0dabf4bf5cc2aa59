// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "base/time.hpp"

namespace patchbot {

/// Time and chance, which tests replace. All members may be called from several threads at once.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  virtual Time now() = 0;                           ///< the wall clock, as signatures need it
  virtual std::chrono::milliseconds elapsed() = 0;  ///< never runs backwards: for deadlines
  virtual void sleep(std::chrono::milliseconds time) = 0;
  virtual double chance() = 0;  ///< at random in [0, 1)
};

}  // namespace patchbot
