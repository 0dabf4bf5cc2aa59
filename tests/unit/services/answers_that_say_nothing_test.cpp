// SPDX-License-Identifier: Apache-2.0
// An answer that is well-formed but says nothing must not look like a fleet without machines, and
// names from an answer must not lead signed requests elsewhere.
#include "aws_fixture.hpp"
#include "services/aws/accounts.hpp"
#include "services/aws/ec2.hpp"
#include "services/security_monkey.hpp"

namespace patchbot::aws {
namespace {

using AnswersThatSayNothing = AwsTest;

TEST_F(AnswersThatSayNothing, AreNoOrganizationWithoutAccounts) {
  const auto fault_after = [this](const std::string& text) {
    answer(text);
    AwsSettings settings;
    settings.organization.emplace();
    const Self self{credentials, "111122223333", "arn", "eu-west-1"};
    return test::fault_of([&] { accounts_of(settings, self, session()); });
  };
  const std::string call =
      "remote: organizations ListAccounts in eu-west-1 of account 111122223333: the answer ";

  EXPECT_EQ(fault_after("{}"), call + "has no list Accounts");
  EXPECT_EQ(fault_after(R"({"Accounts":{}})"), call + "has no list Accounts");
  EXPECT_EQ(fault_after(R"({"Accounts":[]})"), call + "names no account");
  EXPECT_EQ(fault_after(R"({"Accounts":[{"Id":"../1","State":"ACTIVE"}]})"),
            call + "names an account without an id of 12 digits");
}

TEST_F(AnswersThatSayNothing, AreNoRegions) {
  Client asking = client();
  for (const std::string bad : {"", "x.evil.example/", "eu-west-1@evil.example#"}) {
    answer("<DescribeRegionsResponse><regionInfo><item><regionName>" + bad +
           "</regionName></item></regionInfo></DescribeRegionsResponse>");
    EXPECT_EQ(test::fault_of([&] { enabled_regions(asking); }),
              "remote: ec2 DescribeRegions in eu-west-1 of account 111122223333: the answer names "
              "a region that cannot be one");
  }
}

TEST_F(AnswersThatSayNothing, AreNoEmptyListOfASecurityMonkey) {
  SecurityMonkey monkey(transport, clock, "https://monkey.example", {});
  answer(R"({"message":"sorry"})");
  EXPECT_EQ(test::fault_of([&] { monkey.accounts(); }),
            "remote: Security Monkey: the list of accounts: the answer has no list items");
  answer(R"({"items":null})");
  EXPECT_EQ(test::fault_of([&] { monkey.instances({}); }),
            "remote: Security Monkey: the list of instances: the answer has no list items");
}

}  // namespace
}  // namespace patchbot::aws
