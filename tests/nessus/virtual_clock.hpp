// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <limits>

#include "base/clock.hpp"

namespace patchbot::test {

/// What ends a run in the middle, as far as files and the server can tell.
struct Killed {};

/// Time that passes only while somebody sleeps: hours of a scan take milliseconds.
class VirtualClock : public Clock {
 public:
  Time now() override {
    return *parse_rfc3339("2026-11-27T06:00:00Z") +
           std::chrono::floor<std::chrono::seconds>(elapsed());
  }
  std::chrono::milliseconds elapsed() override { return std::chrono::milliseconds(passed_.load()); }
  void sleep(std::chrono::milliseconds time) override {
    passed_ += time.count();
    if (passed_ >= kill_at) throw Killed();
  }
  double chance() override {
    return static_cast<double>(draws_++ * 2654435761U % 65536U) / 65536.0;
  }

  std::atomic<long> kill_at = std::numeric_limits<long>::max();  ///< milliseconds

 private:
  std::atomic<long> passed_ = 0;
  std::atomic<unsigned> draws_ = 1;
};

}  // namespace patchbot::test
