// SPDX-License-Identifier: Apache-2.0
#include "base/spool.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): setenv is POSIX

#include <string>
#include <vector>

#include "base/error.hpp"

namespace patchbot {
namespace {

class NoTemporaryFolder {
 public:
  NoTemporaryFolder() { ::setenv("TMPDIR", "/proc", 1); }
  NoTemporaryFolder(const NoTemporaryFolder&) = delete;
  NoTemporaryFolder& operator=(const NoTemporaryFolder&) = delete;
  ~NoTemporaryFolder() { ::unsetenv("TMPDIR"); }
};

TEST(Spool, GivesBackEveryTextInAnyOrder) {
  Spool spool;
  std::vector<Spool::Slice> slices;
  for (std::size_t i = 0; i < 200; ++i)
    slices.push_back(spool.add(std::string(i * 37, static_cast<char>('a' + i % 26))));

  for (std::size_t i = slices.size(); i-- > 0;) {
    ASSERT_EQ(spool.read(slices[i]), std::string(i * 37, static_cast<char>('a' + i % 26)));
  }
}

TEST(Spool, CanBeWrittenAfterItWasRead) {
  Spool spool;
  const auto first = spool.add("first");
  EXPECT_EQ(spool.read(first), "first");

  const auto second = spool.add("second");

  EXPECT_EQ(spool.read(first), "first");
  EXPECT_EQ(spool.read(second), "second");
}

TEST(Spool, KeepsAnEmptyText) {
  Spool spool;

  EXPECT_EQ(spool.read(spool.add("")), "");
}

TEST(Spool, GivesBackWhatIsInTheFileAndWhatIsNotYet) {
  const std::string large(100000, 'x');
  Spool spool;
  std::vector<Spool::Slice> slices;
  for (const char* end : {"1", "2", "3"}) slices.push_back(spool.add(large + end));
  slices.push_back(spool.add("little"));

  EXPECT_EQ(spool.read(slices[3]), "little");
  EXPECT_EQ(spool.read(slices[0]), large + "1");
  EXPECT_EQ(spool.read(slices[1]), large + "2");
  EXPECT_EQ(spool.read(slices[0]), large + "1");
  EXPECT_EQ(spool.read(slices[2]), large + "3");
}

TEST(Spool, ReadsInOrderWhatWasAddedInLittlePieces) {
  Spool spool;
  std::vector<Spool::Slice> slices;
  slices.reserve(50000);
  for (std::size_t i = 0; i < 50000; ++i) slices.push_back(spool.add(std::to_string(i)));

  for (std::size_t i = 0; i < slices.size(); ++i) {
    ASSERT_EQ(spool.read(slices[i]), std::to_string(i));
  }
}

TEST(Spool, LittleTextNeedsNoFolderForTemporaryFiles) {
  const NoTemporaryFolder away;
  Spool spool;
  EXPECT_EQ(spool.read(spool.add("little")), "little");
  EXPECT_THROW(spool.add(std::string(1000000, 'x')), Error);
}

}  // namespace
}  // namespace patchbot
