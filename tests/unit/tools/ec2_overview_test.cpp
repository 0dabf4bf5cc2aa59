// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ec2-targets/overview.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SheetCounts counts() {
  SheetCounts c;
  c.teams["checkout"] = {3, 1};
  c.teams["a\x1B[2Jb"] = {1, 0};
  c.machines = 4;
  c.exposed = 2;
  return c;
}

TEST(Ec2Overview, ShowsMachinesPerTeam) {
  EXPECT_EQ(to_overview(counts(), false),
            "team      machines\n"
            "a[2Jb            1\n"
            "checkout         3\n"
            "4 machines, 2 exposed to the internet or not known to be closed\n");
}

TEST(Ec2Overview, ShowsWhatNoAgentSeesIfThatWasAsked) {
  EXPECT_EQ(to_overview(counts(), true),
            "team      machines  seen by no agent\n"
            "a[2Jb            1                 0\n"
            "checkout         3                 1\n"
            "4 machines, 2 exposed to the internet or not known to be closed\n");
}

TEST(Ec2Overview, CountsOneAndNothing) {
  SheetCounts one;
  one.teams["x"] = {1, 0};
  one.machines = 1;

  EXPECT_EQ(
      to_overview(one, false),
      "team  machines\nx            1\n1 machine, 0 exposed to the internet or not known to be "
      "closed\n");
  EXPECT_EQ(to_overview({}, false),
            "team  machines\n0 machines, 0 exposed to the internet or not known to be closed\n");
}

TEST(Ec2Remarks, AreNoneWhereAllIsWell) { EXPECT_THAT(remarks(counts(), {}).size(), 1U); }

TEST(Ec2Remarks, NameMachinesOfNobody) {
  SheetCounts c;
  c.teams["unowned"] = {7, 0};
  c.unowned_names = {"i-1", "i-2"};
  EXPECT_THAT(remarks(c, {}),
              ElementsAre("7 machines belong to nobody: i-1, i-2 and 5 more; add a rule under "
                          "owners:"));
  c.teams["unowned"] = {1, 0};
  c.unowned_names = {"i-1"};
  EXPECT_THAT(remarks(c, {}),
              ElementsAre("1 machine belongs to nobody: i-1; add a rule under owners:"));
}

TEST(Ec2Remarks, NameMachinesThatNoAgentSees) {
  SheetCounts c;
  c.teams["a"] = {9, 1};
  c.teams["b"] = {9, 2};
  c.unseen_names = {"i-1", "i-2", "i-3"};
  EXPECT_THAT(remarks(c, {}),
              ElementsAre("3 machines are seen by no agent, neither Inspector nor SSM: i-1, i-2, "
                          "i-3"));
}

TEST(Ec2Remarks, NameFiveSharedAddresses) {
  const std::vector<std::string> shared{"a", "b", "c", "d", "e", "f", "g"};
  const auto lines = remarks({}, shared);

  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[0], "a: a scan of the address reaches one of them");
  EXPECT_EQ(lines[4], "e: a scan of the address reaches one of them");
  EXPECT_EQ(lines[5], "2 more addresses are shared by several machines");
  EXPECT_EQ(remarks({}, {"a", "b", "c", "d", "e"}).size(), 5U);
}

}  // namespace
}  // namespace patchbot
