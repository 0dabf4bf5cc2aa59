// SPDX-License-Identifier: Apache-2.0
#include "base/spool.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace patchbot {
namespace {

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

}  // namespace
}  // namespace patchbot
