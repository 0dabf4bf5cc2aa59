// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <cstddef>

#include "base/parallel.hpp"

namespace patchbot {
namespace {

/// No thread can be started while this lives: its stack would be larger than any address space.
class NoThreads {
 public:
  NoThreads() {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    ::pthread_attr_init(&huge);
    ::pthread_attr_setstacksize(&huge, std::size_t{1} << 50U);
    ::pthread_setattr_default_np(&huge);
    ::pthread_attr_destroy(&huge);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;
  ~NoThreads() {
    ::pthread_setattr_default_np(&before_);
    ::pthread_attr_destroy(&before_);
  }

 private:
  pthread_attr_t before_{};
};

TEST(ParallelLimits, AllWorkIsDoneWithoutAThreadOfItsOwn) {
  const NoThreads limit;
  std::atomic<int> done = 0;

  in_parallel(10, 8, [&](std::size_t) { ++done; });

  EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace patchbot
