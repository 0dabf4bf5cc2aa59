// SPDX-License-Identifier: Apache-2.0
#include "model/aws_names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace patchbot {
namespace {

TEST(AwsNames, KnowAccountIds) {
  EXPECT_TRUE(is_account_id("012345678901"));
  for (const char* text : {"", "12345678901", "1234567890123", "1111-2222-33", "11112222333x"}) {
    EXPECT_FALSE(is_account_id(text)) << text;
  }
}

TEST(AwsNames, KnowRegionsOfEveryPartition) {
  for (const char* text :
       {"eu-west-1", "ap-southeast-5", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"}) {
    EXPECT_TRUE(is_region(text)) << text;
  }
  for (const char* text : {"",
                           "eu-west",
                           "eu-west-1a",
                           "EU-west-1",
                           "euwest1",
                           "eu--1",
                           "eu-west-100",
                           "e-west-1",
                           "eu-west-1 ",
                           "eu-west-1/../x"}) {
    EXPECT_FALSE(is_region(text)) << text;
  }
}

TEST(AwsNames, KnowRoleNamesWithTheirPaths) {
  EXPECT_TRUE(is_role_name("patchbot-read"));
  EXPECT_TRUE(is_role_name("tools/ci/patch_bot+=,.@-"));
  EXPECT_TRUE(is_role_name(std::string(64, 'a')));
  for (const char* text : {"", "/patchbot", "tools//x", "tools/", "a b", "a:b", "a\nb"}) {
    EXPECT_FALSE(is_role_name(text)) << text;
  }
  EXPECT_FALSE(is_role_name(std::string(65, 'a')));
  EXPECT_FALSE(is_role_name(std::string(510, 'p') + "/abc"));
}

TEST(AwsNames, KnowExternalIds) {
  EXPECT_TRUE(is_external_id("acme:2026/=,.@-_+"));
  EXPECT_TRUE(is_external_id(std::string(1224, 'a')));
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(1225, 'a'), std::string("a b")}) {
    EXPECT_FALSE(is_external_id(text)) << text;
  }
}

TEST(AwsNames, KnowAmisWithEightOrSeventeenDigits) {
  EXPECT_TRUE(is_ami_id("ami-0123abcd"));
  EXPECT_TRUE(is_ami_id("ami-0aaaaaaaaaaaaaaa1"));
  for (const char* text : {"ami-",
                           "ami-0123abc",
                           "ami-0123abcde",
                           "ami-0123ABCD",
                           "ami-0123abcg",
                           " ami-0123abcd",
                           "xami-0123abcd",
                           "ami-0aaaaaaaaaaaaaaa11",
                           ""}) {
    EXPECT_FALSE(is_ami_id(text)) << text;
  }
}

TEST(AwsNames, FindTheAccountOfARole) {
  EXPECT_EQ(account_of_role("arn:aws:iam::111122223333:role/patchbot-read"), "111122223333");
  EXPECT_EQ(account_of_role("arn:aws-us-gov:iam::111122223333:role/tools/x"), "111122223333");
  for (const char* text : {"patchbot-read",
                           "arn:aws:iam::111122223333:user/x",
                           "arn:aws:iam::111122223333:role/",
                           "arn:aws:iam::1111:role/x",
                           "arn:aws:iam:eu-west-1:111122223333:role/x",
                           "arn:aws:sts::111122223333:assumed-role/x/y",
                           "arn:gcp:iam::111122223333:role/x",
                           "arn:aws:iam::111122223333:role/x:y"}) {
    EXPECT_EQ(account_of_role(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace patchbot
