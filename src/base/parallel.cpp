// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace patchbot {
namespace {

class Crew {
 public:
  Crew(std::size_t count, const std::function<void(std::size_t)>& work)
      : count_(count), work_(work) {}

  void labour() {
    for (std::size_t next = next_++; next < count_; next = next_++) {
      try {
        work_(next);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!first_) first_ = std::current_exception();
        next_ = count_;
      }
    }
  }

  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr first_;
};

}  // namespace

void in_parallel(std::size_t count,
                 std::size_t bound,
                 const std::function<void(std::size_t)>& work) {
  Crew crew(count, work);
  std::vector<std::thread> threads;
  threads.reserve(std::min(bound, count));
  try {
    for (std::size_t i = 1; i < std::min(bound, count); ++i) {
      threads.emplace_back([&crew] { crew.labour(); });
    }
  } catch (const std::system_error&) {
    // A container has its limit of threads: those that there are do all the work.
  }
  crew.labour();
  for (std::thread& thread : threads) thread.join();
  crew.rethrow();
}

}  // namespace patchbot
