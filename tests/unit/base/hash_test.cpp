// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(Hasher, GivesTheValuesThatXxh3Fixes) {
  // XXH3_128bits of no bytes, from the specification of xxHash 0.8.
  EXPECT_EQ(Hasher().digest().hex(), "99aa06d3014798d86001c324468d497f");
}

TEST(Hasher, KeepsPartsApart) {
  EXPECT_NE(Hasher().add("ab").add("c").digest(), Hasher().add("a").add("bc").digest());
  EXPECT_NE(Hasher().add("a").digest(), Hasher().add("a").add("").digest());
  EXPECT_EQ(Hasher().add("a").add("b").digest(), Hasher().add("a").add("b").digest());
}

TEST(Digest, IsWrittenWithAllItsZeros) {
  EXPECT_EQ((Digest{0x1, 0xAB}.hex()), "000000000000000100000000000000ab");
}

}  // namespace
}  // namespace patchbot
