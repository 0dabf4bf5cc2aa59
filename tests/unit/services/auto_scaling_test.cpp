// SPDX-License-Identifier: Apache-2.0
#include "services/aws/auto_scaling.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string here = " in eu-west-1 of account 111122223333: ";

std::string page(const std::string& groups, const std::string& token = {}) {
  return "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups>" +
         groups + "</AutoScalingGroups>" +
         (token.empty() ? "" : "<NextToken>" + token + "</NextToken>") +
         "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
}

/// A group with what every group has, and more.
std::string group(const std::string& name, const std::string& more = {}) {
  return "<member><AutoScalingGroupName>" + name +
         "</AutoScalingGroupName><DesiredCapacity>0</DesiredCapacity><Instances/>"
         "<SuspendedProcesses/><Tags/>" +
         more + "</member>";
}

std::string refreshes(const std::string& members) {
  return "<DescribeInstanceRefreshesResponse><DescribeInstanceRefreshesResult><InstanceRefreshes>" +
         members +
         "</InstanceRefreshes><NextToken>older</NextToken></DescribeInstanceRefreshesResult>"
         "</DescribeInstanceRefreshesResponse>";
}

class AutoScalingTest : public AwsTest {
 protected:
  std::vector<AutoScalingGroup> groups_in(const std::string& body) {
    answer(body);
    return auto_scaling_groups(asking);
  }
  std::string fault_in(const std::string& body) {
    return fault_of([&] { groups_in(body); });
  }
  std::vector<InstanceRefresh> refreshes_in(const std::string& body) {
    answer(body);
    return instance_refreshes(asking, "web");
  }

  Client asking = client();
};

// ---- groups

TEST_F(AutoScalingTest, ReadsEveryFieldOfAGroup) {
  const auto groups = groups_in(
      page("<member><AutoScalingGroupName>web &lt;1&gt;</AutoScalingGroupName><LaunchTemplate>"
           "<LaunchTemplateId>lt-1</LaunchTemplateId><LaunchTemplateName>web</LaunchTemplateName>"
           "<Version>$Latest</Version></LaunchTemplate><DesiredCapacity>2</DesiredCapacity>"
           "<Instances><member><InstanceId>i-1</InstanceId><LifecycleState>InService"
           "</LifecycleState></member><member><InstanceId>i-2</InstanceId><LifecycleState>"
           "Terminating:Wait</LifecycleState></member></Instances><SuspendedProcesses><member>"
           "<ProcessName>Terminate</ProcessName><SuspensionReason>us</SuspensionReason></member>"
           "<member><ProcessName>Launch</ProcessName></member></SuspendedProcesses><Tags><member>"
           "<Key>team</Key><Value>shop</Value></member><member><Key>Name</Key><Value/></member>"
           "</Tags></member>"));

  AutoScalingGroup whole;
  whole.name = "web <1>";
  whole.launch_template = {"lt-1", "web", "$Latest"};
  whole.desired = 2;
  whole.suspended = {"Launch", "Terminate"};
  whole.tags = {{"Name", ""}, {"team", "shop"}};
  EXPECT_THAT(groups, ElementsAre(whole));
  EXPECT_EQ(sent(0), "Action=DescribeAutoScalingGroups&MaxRecords=100&Version=2011-01-01");
  EXPECT_EQ(transport.requests[0].url, "https://autoscaling.eu-west-1.amazonaws.com/");
}

TEST_F(AutoScalingTest, FindsWhatAGroupStartsFrom) {
  const auto groups =
      groups_in(page(group("mixed",
                           "<MixedInstancesPolicy><LaunchTemplate><LaunchTemplateSpecification>"
                           "<LaunchTemplateId>lt-2</LaunchTemplateId><Version>7</Version>"
                           "</LaunchTemplateSpecification><Overrides/></LaunchTemplate>"
                           "</MixedInstancesPolicy>") +
                     group("plain",
                           "<LaunchTemplate><LaunchTemplateName>x</LaunchTemplateName>"
                           "</LaunchTemplate>") +
                     group("old", "<LaunchConfigurationName>web-7</LaunchConfigurationName>")));

  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].launch_template, (LaunchTemplateReference{"lt-2", "", "7"}));
  EXPECT_EQ(groups[1].launch_template, (LaunchTemplateReference{"", "x", "$Default"}));
  EXPECT_EQ(groups[2].launch_template, LaunchTemplateReference{});
  EXPECT_EQ(groups[2].launch_configuration, "web-7");
}

TEST_F(AutoScalingTest, ReadsGroupsPageByPage) {
  answer(page(group("a"), "t/1="));
  answer(page("", "t2"));

  const auto groups = groups_in(page(group("b")));

  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[1].name, "b");
  const std::string question = "Action=DescribeAutoScalingGroups&MaxRecords=100&";
  EXPECT_EQ(sent(1), question + "NextToken=t%2F1%3D&Version=2011-01-01");
  EXPECT_EQ(sent(2), question + "NextToken=t2&Version=2011-01-01");
}

TEST_F(AutoScalingTest, ReadsThatThereIsNoGroup) { EXPECT_THAT(groups_in(page("")), IsEmpty()); }

TEST_F(AutoScalingTest, KeepsNamesWhole) {
  std::string name;
  for (int i = 0; i < 255; ++i) name += "ü";
  EXPECT_EQ(groups_in(page(group(name)))[0].name, name) << "255 characters are allowed";
}

TEST_F(AutoScalingTest, RefusesGroupsOfAnotherShape) {
  const std::string call = "remote: autoscaling DescribeAutoScalingGroups" + here;
  const auto with = [](const std::string& rest) {
    return page("<member><AutoScalingGroupName>a</AutoScalingGroupName>" + rest + "</member>");
  };
  const std::string lists = "<Instances/><SuspendedProcesses/><Tags/>";

  EXPECT_EQ(fault_in(page("<member/>")),
            call + "an entry of the answer has no <AutoScalingGroupName>");
  EXPECT_EQ(fault_in(with(lists)), call + "an entry of the answer has no <DesiredCapacity>");
  for (const std::string bad : {"many", "-1", "1.5"}) {
    EXPECT_EQ(fault_in(with("<DesiredCapacity>" + bad + "</DesiredCapacity>" + lists)),
              call + "the answer has a <DesiredCapacity> that is no number");
  }
  const std::string size = "<DesiredCapacity>1</DesiredCapacity>";
  EXPECT_EQ(fault_in(with(size)), call + "the answer has no <SuspendedProcesses>");
  EXPECT_EQ(fault_in(with(size + "<SuspendedProcesses/>")), call + "the answer has no <Tags>");
}

TEST_F(AutoScalingTest, HasABoundForGroups) {
  std::string many;
  for (int i = 0; i < 20'001; ++i) many += group("g" + std::to_string(i));
  EXPECT_EQ(fault_in(page(many)),
            "remote: autoscaling DescribeAutoScalingGroups" + here + "more than 20,000 groups");
}

TEST_F(AutoScalingTest, RefusesAPageThatPointsToItself) {
  answer(page("", "t"));
  EXPECT_EQ(fault_in(page("", "t")),
            "remote: autoscaling DescribeAutoScalingGroups in eu-west-1 of account 111122223333: "
            "the service gave the same page token twice");
}

TEST_F(AutoScalingTest, TellsAFailure) {
  answer(
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
      "</ErrorResponse>",
      403);
  EXPECT_EQ(fault_of([&] { auto_scaling_groups(asking); }),
            "remote: autoscaling DescribeAutoScalingGroups" + here +
                "AccessDenied: no (HTTP 403); the role lacks this permission "
                "(cfn/patchbot-roles.yaml has all that are needed)");
}

// ---- instance refreshes

TEST_F(AutoScalingTest, ReadsEveryFieldOfARefresh) {
  const auto found = refreshes_in(refreshes(
      "<member><InstanceRefreshId>r-2</InstanceRefreshId><AutoScalingGroupName>web"
      "</AutoScalingGroupName><Status>RollbackFailed</Status><StatusReason>an alarm</StatusReason>"
      "<PercentageComplete>25</PercentageComplete><StartTime>2026-11-22T05:06:07.123Z</StartTime>"
      "<EndTime>2026-11-22T06:00:00Z</EndTime></member><member><InstanceRefreshId>r-1"
      "</InstanceRefreshId><AutoScalingGroupName>web</AutoScalingGroupName><Status>Pending</Status>"
      "</member>"));

  InstanceRefresh whole;
  whole.id = "r-2";
  whole.group = "web";
  whole.status = "RollbackFailed";
  whole.reason = "an alarm";
  whole.percent = 25;
  whole.started_at = parse_rfc3339("2026-11-22T05:06:07Z");
  whole.ended_at = parse_rfc3339("2026-11-22T06:00:00Z");
  InstanceRefresh bare;
  bare.id = "r-1";
  bare.group = "web";
  bare.status = "Pending";
  EXPECT_THAT(found, ElementsAre(whole, bare));
  EXPECT_EQ(transport.requests.size(), 1U) << "older ones are not asked for";
}

TEST_F(AutoScalingTest, AsksForTheRefreshesOfOneGroup) {
  answer(refreshes(""));

  EXPECT_THAT(instance_refreshes(asking, "web a&b"), IsEmpty());

  EXPECT_EQ(sent(0),
            "Action=DescribeInstanceRefreshes&AutoScalingGroupName=web+a%26b&MaxRecords=20&"
            "Version=2011-01-01");
}

TEST_F(AutoScalingTest, KnowsNoPercentageThatCannotBe) {
  for (const std::string odd : {"101", "-1", "half", ""}) {
    const auto found = refreshes_in(
        refreshes("<member><InstanceRefreshId>r</InstanceRefreshId><AutoScalingGroupName>web"
                  "</AutoScalingGroupName><Status>InProgress</Status><PercentageComplete>" +
                  odd + "</PercentageComplete></member>"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].percent, std::nullopt) << odd;
  }
}

TEST_F(AutoScalingTest, RefusesRefreshesOfAnotherShape) {
  const auto fault = [this](const std::string& body) {
    return fault_of([&] { refreshes_in(body); });
  };
  const std::string call = "remote: autoscaling DescribeInstanceRefreshes" + here;

  EXPECT_EQ(fault("<DescribeInstanceRefreshesResponse><DescribeInstanceRefreshesResult/>"
                  "</DescribeInstanceRefreshesResponse>"),
            call + "the answer has no <InstanceRefreshes>");
  EXPECT_EQ(fault(refreshes("<member><InstanceRefreshId>r</InstanceRefreshId>"
                            "<AutoScalingGroupName>web</AutoScalingGroupName></member>")),
            call + "an entry of the answer has no <Status>");
}

}  // namespace
}  // namespace patchbot::aws
