// SPDX-License-Identifier: Apache-2.0
#include "base/address.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

std::string spelled(std::string_view text) {
  const auto address = parse_address(text);
  return address ? to_text(*address) : "none";
}

TEST(Address, IsWrittenInItsUsualSpelling) {
  EXPECT_EQ(spelled("10.0.1.5"), "10.0.1.5");
  EXPECT_EQ(spelled("2001:0DB8:0000:0:0:0:0:0005"), "2001:db8::5");
  EXPECT_EQ(spelled("::"), "::");
  EXPECT_EQ(spelled("::1"), "::1");
}

TEST(Address, OfIpv4IsTheSameInItsMappedForm) {
  EXPECT_EQ(parse_address("::ffff:10.0.1.5"), parse_address("10.0.1.5"));
  EXPECT_EQ(spelled("::ffff:10.0.1.5"), "10.0.1.5");
}

TEST(Address, IsOrderedByItsNumber) {
  EXPECT_LT(*parse_address("10.0.0.9"), *parse_address("10.0.0.10"));
  EXPECT_LT(*parse_address("10.0.0.10"), *parse_address("10.0.1.0"));
}

TEST(Address, IsRefusedInEveryOtherForm) {
  for (std::string_view text : {"",
                                "10.0.1",
                                "10.0.1.256",
                                "10.0.1.5 ",
                                " 10.0.1.5",
                                "10.0.1.5/32",
                                "0x0a.0.1.5",
                                "010.0.0.1",
                                "fe80::1%eth0",
                                "2001:db8::5::1",
                                "[::1]",
                                "host"}) {
    EXPECT_EQ(spelled(text), "none") << text;
  }
}

TEST(Address, MustFillTheWholeText) {
  EXPECT_EQ(spelled(std::string_view("10.0.1.5\0x", 10)), "none");
  EXPECT_EQ(spelled(std::string(200, '1')), "none");
}

}  // namespace
}  // namespace patchbot
