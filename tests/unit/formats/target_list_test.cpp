// SPDX-License-Identifier: Apache-2.0
#include "formats/target_list.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

std::string told(std::string_view text) {
  std::string lines;
  for (const Target& t : parse_target_list(text).targets) {
    lines += t.addresses.at(0) + (t.is_range ? " range" : "") +
             (t.team.empty() ? "" : " of " + t.team) + "; ";
  }
  return lines;
}

TEST(TargetList, ReadsAddressesNamesAndRanges) {
  EXPECT_EQ(told("10.0.0.1\n2001:db8::5\nweb-7.example.com\n10.0.0.0/24\n10.0.0.1-10.0.0.9\n"
                 "10.0.0.1-9\n2001:db8::/64\n"),
            "10.0.0.1; 2001:db8::5; web-7.example.com; 10.0.0.0/24 range; 10.0.0.1-10.0.0.9 range; "
            "10.0.0.1-9 range; 2001:db8::/64 range; ");
}

TEST(TargetList, TakesAFullPrefixForASingleMachine) {
  EXPECT_EQ(told("10.0.0.7/32\n2001:db8::7/128\n2001:db8::7/32"),
            "10.0.0.7; 2001:db8::7; 2001:db8::7/32 range; ");
}

TEST(TargetList, KnowsTheTeamBehindATab) {
  EXPECT_EQ(told("10.0.0.1\tweb\n10.0.0.2\t web ops # night\r\n10.0.0.3\t\n"),
            "10.0.0.1 of web; 10.0.0.2 of web ops; 10.0.0.3; ");
}

TEST(TargetList, PassesOverCommentsAndBlankLines) {
  EXPECT_EQ(told("# all\n\n  \r\n 10.0.0.1 # first\r\n#\n"), "10.0.0.1; ");
  EXPECT_EQ(told(""), "");
}

TEST(TargetList, RefusesWhatCannotBeATarget) {
  EXPECT_EQ(fault_of([] { told("10.0.0.1\nhttps://x/\n"); }),
            "input 2:1: 'https://x/' is no address, host name, CIDR or range");
  EXPECT_EQ(fault_of([] { told("web 7"); }),
            "input 1:1: 'web 7' is no address, host name, CIDR or range");
  EXPECT_EQ(fault_of([] { told("\n" + std::string(254, 'a')); }),
            "input 2:1: '" + std::string(60, 'a') + "' is no address, host name, CIDR or range");
  EXPECT_EQ(fault_of([] { told("b\xC3\xBCro"); }),
            "input 1:1: 'büro' is no address, host name, CIDR or range");
}

TEST(TargetList, TakesNoMistypedAddressForAName) {
  for (const std::string text : {"10.0.0.300", "10.1", "999", "10.0.0.1.", "web.7", "."}) {
    EXPECT_EQ(fault_of([&] { told(text); }),
              "input 1:1: '" + text + "' is no address, host name, CIDR or range");
  }
  EXPECT_EQ(told("7.example.com\nweb7\nweb-7."), "7.example.com; web7; web-7.; ");
}

TEST(TargetList, RefusesATeamWithoutAMachine) {
  EXPECT_EQ(fault_of([] { told("10.0.0.1\n \tcheckout\n"); }),
            "input 2:1: '' is no address, host name, CIDR or range");
}

TEST(TargetList, RefusesRangesThatHoldNothing) {
  for (const std::string text : {"10.0.0.0/33",
                                 "10.0.0.0/",
                                 "10.0.0.0/x",
                                 "2001:db8::/129",
                                 "10.0.0.9-10.0.0.1",
                                 "10.0.0.9-1",
                                 "web/24"}) {
    EXPECT_EQ(fault_of([&] { told(text); }),
              "input 1:1: '" + text + "' is no address, host name, CIDR or range")
        << text;
  }
}

TEST(IsRange, IsTrueForMoreThanOneMachine) {
  EXPECT_TRUE(is_range("10.0.0.0/24"));
  EXPECT_TRUE(is_range("10.0.0.1-9"));
  EXPECT_FALSE(is_range("10.0.0.1"));
  EXPECT_FALSE(is_range("web-7"));
  EXPECT_FALSE(is_range("web/7"));
}

}  // namespace
}  // namespace patchbot
