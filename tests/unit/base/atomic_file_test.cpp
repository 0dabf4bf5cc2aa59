// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::slurp;
using test::TempDir;

mode_t mode_of(const std::string& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 07777U;
}

TEST(AtomicFile, LeavesNothingBehindWithoutCommit) {
  const TempDir dir;

  {
    AtomicFile file(dir.file("out"));
    file.write("half");
    EXPECT_EQ(dir.entries(), 1U);
  }

  EXPECT_EQ(dir.entries(), 0U);
}

TEST(AtomicFile, KeepsTheOldFileUntilCommitReplacesIt) {
  const TempDir dir;
  dir.write("out", "old");

  AtomicFile file(dir.file("out"));
  file.write("new");
  EXPECT_EQ(slurp(dir.file("out")), "old");
  file.commit();

  EXPECT_EQ(slurp(dir.file("out")), "new");
  EXPECT_EQ(dir.entries(), 1U);
}

TEST(AtomicFile, HasTheModeThatTheUmaskAllows) {
  const TempDir dir;
  const mode_t before = ::umask(027);

  write_file(dir.file("group"), "x");
  ::umask(0);
  write_file(dir.file("all"), "x");
  ::umask(before);

  EXPECT_EQ(mode_of(dir.file("group")), 0640U);
  EXPECT_EQ(mode_of(dir.file("all")), 0666U);
}

TEST(AtomicFile, BlamesThePersonWhoNamedAMissingFolder) {
  const TempDir dir;
  const std::string path = dir.file("missing/out");

  EXPECT_EQ(fault_of([&] { AtomicFile file(path); }),
            "usage: " + path + ": cannot be created: No such file or directory");
}

TEST(AtomicFile, LeavesNothingBehindIfItCannotTakeItsName) {
  const TempDir dir;
  std::filesystem::create_directory(dir.path() / "taken");
  const std::string path = dir.file("taken");

  EXPECT_EQ(fault_of([&] { write_file(path, "x"); }),
            "usage: " + path + ": cannot be created: Is a directory");
  EXPECT_EQ(dir.entries(), 1U);
}

TEST(AtomicFileDeathTest, IsRemovedWhenASignalEndsTheProgram) {
  const TempDir dir;
  const auto die = [&dir] {
    remove_unfinished_files_on_signal();
    AtomicFile file(dir.file("out"));
    file.write("half");
    std::raise(SIGTERM);
  };

  EXPECT_EXIT(die(), testing::KilledBySignal(SIGTERM), "");

  EXPECT_EQ(dir.entries(), 0U);
}

TEST(WriteFile, WritesTheWholeText) {
  const TempDir dir;

  write_file(dir.file("out"), std::string("a\0b", 3));

  EXPECT_EQ(slurp(dir.file("out")), std::string("a\0b", 3));
}

}  // namespace
}  // namespace patchbot
