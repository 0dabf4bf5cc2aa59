// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <csignal>

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

}  // namespace
}  // namespace patchbot
