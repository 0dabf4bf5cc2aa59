// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(Error, NamesItsPlaceOnce) {
  const Error error(Blame::input, "tags do not match", Position{100, 3, 7});

  const Error told = error.in("scan.nessus");

  EXPECT_STREQ(told.what(), "scan.nessus:3:7: tags do not match");
  EXPECT_EQ(told.blame(), Blame::input);
  EXPECT_EQ(told.position(), std::nullopt);
}

TEST(Error, WithoutPositionNamesTheFileOnly) {
  EXPECT_STREQ(Error(Blame::usage, "is empty").in("a.yaml").what(), "a.yaml: is empty");
}

}  // namespace
}  // namespace patchbot
