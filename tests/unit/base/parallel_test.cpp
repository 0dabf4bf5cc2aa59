// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace patchbot {
namespace {

TEST(Parallel, DoesEachPieceOnce) {
  for (const std::size_t bound : {0U, 1U, 3U, 16U, 1000U}) {
    std::vector<std::atomic<int>> done(100);
    in_parallel(done.size(), bound, [&](std::size_t i) { ++done[i]; });
    for (const auto& times : done) EXPECT_EQ(times, 1) << "on " << bound << " threads";
  }
}

TEST(Parallel, DoesNothingForNothing) {
  in_parallel(0, 8, [](std::size_t) { FAIL() << "there is nothing to do"; });
}

TEST(Parallel, WorksInOrderOnTheCallersThreadIfBoundToOne) {
  std::vector<std::size_t> order;
  std::set<std::thread::id> threads;
  in_parallel(5, 1, [&](std::size_t i) {
    order.push_back(i);
    threads.insert(std::this_thread::get_id());
  });

  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

// Every piece waits until as many are at work as the bound allows: fewer threads would hang.
TEST(Parallel, UsesAsManyThreadsAsTheBoundAndNoMore) {
  constexpr std::size_t bound = 4;
  std::mutex mutex;
  std::condition_variable met;
  std::size_t inside = 0;
  std::size_t most = 0;
  bool all_met = false;
  in_parallel(40, bound, [&](std::size_t) {
    std::unique_lock lock(mutex);
    most = std::max(most, ++inside);
    if (inside == bound) all_met = true;
    met.notify_all();
    met.wait(lock, [&] { return all_met; });
    --inside;
  });

  EXPECT_EQ(most, bound);
}

TEST(Parallel, ThrowsTheFirstExceptionAndHandsOutNoMore) {
  std::size_t begun = 0;
  const auto work = [&](std::size_t i) {
    ++begun;
    if (i == 3) throw std::runtime_error("piece 3");
  };

  try {
    in_parallel(1000, 1, work);
    FAIL() << "the exception is lost";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "piece 3");
  }
  EXPECT_EQ(begun, 4U);
}

TEST(Parallel, LetsPiecesEndThatHaveBegunWhenAnotherFails) {
  std::mutex mutex;
  std::condition_variable news;
  bool begun = false;
  bool thrown = false;
  bool ended = false;
  const auto work = [&](std::size_t i) {
    std::unique_lock lock(mutex);
    if (i == 0) {
      news.wait(lock, [&] { return begun; });
      thrown = true;
      news.notify_all();
      throw std::runtime_error("piece 0");
    }
    begun = true;
    news.notify_all();
    news.wait(lock, [&] { return thrown; });
    ended = true;
  };

  EXPECT_THROW(in_parallel(2, 2, work), std::runtime_error);
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace patchbot
