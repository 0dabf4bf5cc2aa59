// SPDX-License-Identifier: Apache-2.0
// An answer that is well-formed but says nothing must not look like a fleet without machines, and
// names from an answer must not lead signed requests elsewhere.
#include <algorithm>

#include "aws_fixture.hpp"
#include "services/aws/accounts.hpp"
#include "services/aws/auto_scaling.hpp"
#include "services/aws/cloudformation.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/launch_templates.hpp"
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

TEST_F(AnswersThatSayNothing, AreNoRegionWithoutDeployments) {
  Client asking = client();
  const auto lacks = [&](const std::string& call, const auto& ask) {
    answer("<" + call.substr(call.find(' ') + 1) + "Response/>");
    const std::string fault = test::fault_of([&] { ask(); });
    const std::string before =
        "remote: " + call + " in eu-west-1 of account 111122223333: the answer has no ";
    EXPECT_TRUE(fault.starts_with(before)) << fault;
    return fault.substr(std::min(before.size(), fault.size()));
  };

  EXPECT_EQ(lacks("autoscaling DescribeAutoScalingGroups", [&] { auto_scaling_groups(asking); }),
            "<DescribeAutoScalingGroupsResult>");
  EXPECT_EQ(
      lacks("autoscaling DescribeInstanceRefreshes", [&] { instance_refreshes(asking, "web"); }),
      "<DescribeInstanceRefreshesResult>");
  EXPECT_EQ(lacks("cloudformation DescribeStacks", [&] { stacks(asking); }),
            "<DescribeStacksResult>");
  EXPECT_EQ(lacks("cloudformation GetTemplate", [&] { template_body(asking, "web"); }),
            "<GetTemplateResult>");
  EXPECT_EQ(lacks("ec2 DescribeLaunchTemplateVersions",
                  [&] { current_launch_template_versions(asking); }),
            "<launchTemplateVersionSet>");
  EXPECT_EQ(lacks("ec2 DescribeLaunchTemplateVersions",
                  [&] { launch_template_versions(asking, "lt-1", {"1"}); }),
            "<launchTemplateVersionSet>");
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
