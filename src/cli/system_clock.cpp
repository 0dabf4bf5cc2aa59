// SPDX-License-Identifier: Apache-2.0
#include "cli/system_clock.hpp"

#include <mutex>
#include <random>
#include <thread>

namespace patchbot::cli {
namespace {

class SystemClock : public Clock {
 public:
  Time now() override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  std::chrono::milliseconds elapsed() override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 start_);
  }

  void sleep(std::chrono::milliseconds time) override { std::this_thread::sleep_for(time); }

  double chance() override {
    const std::lock_guard lock(mutex_);
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::minstd_rand random_{std::random_device()()};
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace patchbot::cli
