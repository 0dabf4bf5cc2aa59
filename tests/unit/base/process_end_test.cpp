// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include "base/process.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

// A service manager may start us so, and it is inherited.
TEST(ProcessEnd, IsNoSuccessWhereTheSystemForgotIt) {
  auto* const before = std::signal(SIGCHLD, SIG_IGN);
  const std::string fault = test::fault_of([] { run_program({"false"}); });
  std::signal(SIGCHLD, before);

  EXPECT_EQ(fault, "usage: how it ended is unknown: No child processes");
}

// Whether a process does anything; what has ended may wait for somebody to look at it.
bool is_running(const std::string& id) {
  std::ifstream file("/proc/" + id + "/stat");
  std::string stat;
  std::getline(file, stat);
  const auto end = stat.rfind(')');
  return end != std::string::npos && stat.size() > end + 2 && stat[end + 2] != 'Z';
}

// Its first process writes its own child's id, and both would go on for long.
TEST(ProcessEnd, WhatAGroupOfItsOwnStartedEndsWithIt) {
  const test::TempDir dir;
  ProcessPlace place;
  place.folder = dir.path().string();
  place.group = ProcessPlace::Group::own;
  ProcessLimits limits;
  limits.timeout = std::chrono::milliseconds(500);
  test::fault_of([&] {
    run_program({"sh", "-c", "sleep 60 & echo $! > id; wait"}, limits, place);
  });
  std::string id;
  std::ifstream(dir.path() / "id") >> id;
  ASSERT_FALSE(id.empty());
  for (int i = 0; i < 100 && is_running(id); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_FALSE(is_running(id));
}

}  // namespace
}  // namespace patchbot
