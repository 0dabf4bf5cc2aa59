// SPDX-License-Identifier: Apache-2.0
#include "cli/exit.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace patchbot::cli {
namespace {

TEST(Exit, WorstOfTwoIsTheOneThatStandsFirstInTheContract) {
  const std::vector<int> order{70, 2, 3, 4, 1, 5, 0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) {
      const Exit found = worst(static_cast<Exit>(order[i]), static_cast<Exit>(order[j]));
      EXPECT_EQ(static_cast<int>(found), order[std::min(i, j)]) << order[i] << " " << order[j];
    }
  }
}

TEST(Exit, FollowsTheBlame) {
  EXPECT_EQ(exit_for(Blame::usage), Exit::usage);
  EXPECT_EQ(exit_for(Blame::input), Exit::input);
  EXPECT_EQ(exit_for(Blame::remote), Exit::remote);
}

TEST(Exit, TableNamesEveryStatus) {
  EXPECT_EQ(exit_table(),
            "Exit status:\n"
            "   0  clean\n"
            "   1  the gate failed\n"
            "   2  wrong usage or configuration\n"
            "   3  bad or incomplete input\n"
            "   4  a remote service failed\n"
            "   5  the gate warned\n"
            "  70  a bug in PatchBot\n"
            "When several apply, the first of 70, 2, 3, 4, 1, 5 wins.\n");
}

}  // namespace
}  // namespace patchbot::cli
