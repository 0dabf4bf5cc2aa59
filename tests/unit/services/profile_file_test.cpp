// SPDX-License-Identifier: Apache-2.0
#include "services/aws/profile_file.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot::aws {
namespace {

std::string refusal(const std::string& text) {
  return test::fault_of([&] { parse_profiles(text); });
}

TEST(ProfileFile, ReadsSectionsAndKeys) {
  const ProfileSections sections = parse_profiles(
      "# comment\n"
      "[default]\n"
      "aws_access_key_id=AKID\n"
      "AWS_Secret_Access_Key =  a=b:c/+ # not a comment ; nor this\n"
      "\n"
      "[profile \"my audit\"] ; trailing\n"
      "  region : eu-west-1\n"
      "  ; comment\n"
      "  output=\n"
      "[sso-session main]\n"
      "[o'brien]\n");

  EXPECT_EQ(
      sections,
      (ProfileSections{{"default",
                        {{{"aws_access_key_id", "AKID"},
                          {"aws_secret_access_key", "a=b:c/+ # not a comment ; nor this"}},
                         {},
                         2}},
                       {"profile my audit", {{{"region", "eu-west-1"}, {"output", ""}}, {}, 6}},
                       {"sso-session main", {{}, {}, 10}},
                       {"o'brien", {{}, {}, 11}}}));
}

TEST(ProfileFile, ReadsIndentedBlocks) {
  const ProfileSections sections = parse_profiles(
      "[services local]\n"
      "ec2 =\n"
      "  endpoint_url = http://localhost:5000\n"
      "\n"
      "  # comment\n"
      "  other=x=y\n"
      "s3=\n"
      "    endpoint_url=http://localhost:9000\n"
      "empty =\n");

  const ProfileSection& section = sections.at("services local");
  EXPECT_EQ(section.nested,
            (std::map<std::string, ProfileValues>{
                {"ec2", {{"endpoint_url", "http://localhost:5000"}, {"other", "x=y"}}},
                {"s3", {{"endpoint_url", "http://localhost:9000"}}}}));
  EXPECT_EQ(section.values, (ProfileValues{{"empty", ""}}));
}

TEST(ProfileFile, GoesOnInLinesThatAreIndentedDeeper) {
  const ProfileSections sections =
      parse_profiles("[a]\n  x = 1\n    2\n\n    3\n  y = 4\nz = 5\n\n\n");

  EXPECT_EQ(sections.at("a").values, (ProfileValues{{"x", "1\n2\n\n3"}, {"y", "4"}, {"z", "5"}}));
}

TEST(ProfileFile, TakesLineEndsAndTheByteOrderMarkOfWindows) {
  const ProfileSections sections =
      parse_profiles("\xEF\xBB\xBF[default]\r\nregion = eu-west-1\r\ns3 =\r\n  a = b\r\n");

  EXPECT_EQ(sections.at("default").values, (ProfileValues{{"region", "eu-west-1"}}));
  EXPECT_EQ(sections.at("default").nested.at("s3"), (ProfileValues{{"a", "b"}}));
}

TEST(ProfileFile, TakesAnEmptyFile) {
  EXPECT_TRUE(parse_profiles("").empty());
  EXPECT_TRUE(parse_profiles("\n; nothing\n").empty());
}

TEST(ProfileFile, RefusesWhatBotocoreRefusesAndQuotesNoLine) {
  EXPECT_EQ(refusal("SECRET = x\n"), "usage 1:1: expected a [section] before the first key");
  EXPECT_EQ(refusal("[a]\n\nSECRET\n"), "usage 3:1: expected 'key = value'");
  EXPECT_EQ(refusal("[a]\n= SECRET\n"), "usage 2:1: expected 'key = value'");
  EXPECT_EQ(refusal("[a]\n[b\n"), "usage 2:1: expected 'key = value'");
  EXPECT_EQ(refusal("[]\n"), "usage 1:1: a section needs a name");
  EXPECT_EQ(refusal("[a]\nx=1\n[a]\n"), "usage 3:1: section [a] is given twice, first in line 1");
  EXPECT_EQ(refusal("[a]\nX=1\ny=2\nx=SECRET\n"),
            "usage 4:1: this key is given twice in its section");
  EXPECT_EQ(refusal("[a]\nx=\n  SECRET\n"),
            "usage 2:1: the indented lines below this key must be 'key = value'");
  EXPECT_EQ(refusal(std::string(2'000'000, '#')), "usage: is larger than 1 MiB");
}

}  // namespace
}  // namespace patchbot::aws
