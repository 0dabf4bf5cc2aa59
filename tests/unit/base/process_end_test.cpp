// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "base/process.hpp"
#include "processes.hpp"
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
  EXPECT_TRUE(test::ends_soon((dir.path() / "id").string()));
}

}  // namespace
}  // namespace patchbot
