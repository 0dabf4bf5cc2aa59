// SPDX-License-Identifier: Apache-2.0
#include "junit_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> files_of(const TempDir& dir) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path()))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class JunitDirTest : public testing::Test {
 protected:
  void write(JunitDir& junit, const std::string& name) {
    junit.write(name, {{.class_name = "c", .name = "n"}}, nullptr, hosts);
  }

  TempDir dir;
  Inventory inventory;
  HostTable hosts{inventory, GroupBy::asset};
};

TEST_F(JunitDirTest, RemovesOnlyWhatAnEarlierRunLeft) {
  for (const char* name : {"TEST-patchbot-web.xml", "TEST-other.xml", "TEST-patchbot-web.txt"})
    dir.write(name, "old");

  const JunitDir junit(dir.path().string());

  EXPECT_THAT(files_of(dir), ElementsAre("TEST-other.xml", "TEST-patchbot-web.txt"));
}

TEST_F(JunitDirTest, MakesTheFolder) {
  const JunitDir junit(dir.file("a/b"));

  EXPECT_TRUE(std::filesystem::is_directory(dir.path() / "a/b"));
}

TEST_F(JunitDirTest, TouchesNothingIfNotWanted) { EXPECT_FALSE(JunitDir("").wanted()); }

TEST_F(JunitDirTest, BlamesThePersonWhoNamedAFile) {
  const std::string file = dir.write("file", "");

  EXPECT_EQ(fault_of([&] { JunitDir junit(file); }),
            "usage: --junit-dir " + file + ": Not a directory");
}

TEST_F(JunitDirTest, LetsNoTeamNameLeaveTheFolderOrTakeAFileTwice) {
  JunitDir junit(dir.path().string());

  write(junit, "../../etc/x");
  write(junit, "web ops");
  write(junit, "web/ops");
  write(junit, "");

  EXPECT_THAT(files_of(dir),
              ElementsAre("TEST-patchbot-_.xml",
                          "TEST-patchbot-______etc_x.xml",
                          "TEST-patchbot-web_ops.xml",
                          "TEST-patchbot-web_ops_2.xml"));
}

TEST_F(JunitDirTest, CountsAllCases) {
  JunitDir junit(dir.path().string());
  junit.write("web",
              {{.class_name = "c", .name = "1", .outcome = TestCase::Outcome::failed},
               {.class_name = "c", .name = "2", .outcome = TestCase::Outcome::skipped},
               {.class_name = "c", .name = "3"}},
              nullptr,
              hosts);

  EXPECT_THAT(test::slurp(dir.file("TEST-patchbot-web.xml")),
              HasSubstr("name=\"patchbot.web\" tests=\"3\" failures=\"1\" errors=\"0\" "
                        "skipped=\"1\""));
}

}  // namespace
}  // namespace patchbot
