// SPDX-License-Identifier: Apache-2.0
#include "services/aws/launch_templates.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string call =
    "remote: ec2 DescribeLaunchTemplateVersions in eu-west-1 of account 111122223333: ";

std::string page(const std::string& items, const std::string& token = {}) {
  return "<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet>" + items +
         "</launchTemplateVersionSet>" +
         (token.empty() ? "" : "<nextToken>" + token + "</nextToken>") +
         "</DescribeLaunchTemplateVersionsResponse>";
}

std::string item(const std::string& id, const std::string& number, const std::string& more = {}) {
  return "<item><launchTemplateId>" + id + "</launchTemplateId><versionNumber>" + number +
         "</versionNumber>" + more + "</item>";
}

std::string failure(const std::string& code) {
  return "<Response><Errors><Error><Code>" + code + "</Code></Error></Errors></Response>";
}

/// "lt-1:2", with "L" for the latest and "D" for the default.
std::vector<std::string> brief(const std::vector<LaunchTemplateVersion>& versions) {
  std::vector<std::string> texts;
  for (const LaunchTemplateVersion& version : versions) {
    texts.push_back(version.id + ":" + std::to_string(version.number) +
                    (version.is_latest ? "L" : "") + (version.is_default ? "D" : ""));
  }
  return texts;
}

class LaunchTemplatesTest : public AwsTest {
 protected:
  Client asking = client();
};

// ---- current versions of all templates

TEST_F(LaunchTemplatesTest, ReadsEveryFieldOfAVersion) {
  answer(page(
      item("lt-1",
           "7",
           "<launchTemplateName>web</launchTemplateName><createTime>2026-11-22T05:06:07.000Z"
           "</createTime><defaultVersion>true</defaultVersion><launchTemplateData><imageId>ami-1"
           "</imageId><instanceType>t3.micro</instanceType></launchTemplateData>") +
      item("lt-2", "1", "<launchTemplateData/>")));

  const auto versions = current_launch_template_versions(asking);

  LaunchTemplateVersion whole;
  whole.id = "lt-1";
  whole.name = "web";
  whole.number = 7;
  whole.is_default = true;
  whole.is_latest = true;
  whole.ami = "ami-1";
  whole.created_at = parse_rfc3339("2026-11-22T05:06:07Z");
  LaunchTemplateVersion bare;
  bare.id = "lt-2";
  bare.number = 1;
  bare.is_latest = true;
  EXPECT_THAT(versions, ElementsAre(whole, bare));
  EXPECT_EQ(sent(0),
            "Action=DescribeLaunchTemplateVersions&MaxResults=200&"
            "LaunchTemplateVersion.1=%24Latest&LaunchTemplateVersion.2=%24Default&"
            "Version=2016-11-15");
}

TEST_F(LaunchTemplatesTest, TellsTheLatestFromTheDefaultOverPages) {
  const std::string is_default = "<defaultVersion>true</defaultVersion>";
  answer(page(item("lt-2", "10") + item("lt-1", "3", is_default), "t="));
  answer(page("", "t2"));
  answer(page(item("lt-2", "9", is_default) + item("lt-1", "3", is_default)));

  EXPECT_THAT(brief(current_launch_template_versions(asking)),
              ElementsAre("lt-1:3LD", "lt-2:9D", "lt-2:10L"));
  const std::string question =
      "Action=DescribeLaunchTemplateVersions&MaxResults=200&LaunchTemplateVersion.1=%24Latest&"
      "LaunchTemplateVersion.2=%24Default&";
  EXPECT_EQ(sent(1), question + "NextToken=t%3D&Version=2016-11-15");
  EXPECT_EQ(sent(2), question + "NextToken=t2&Version=2016-11-15");
}

TEST_F(LaunchTemplatesTest, ReadsThatThereIsNoTemplate) {
  answer(page(""));
  EXPECT_THAT(current_launch_template_versions(asking), IsEmpty());
}

TEST_F(LaunchTemplatesTest, RefusesAnswersOfAnotherShape) {
  const auto fault = [this](const std::string& body) {
    answer(body);
    return fault_of([this] { current_launch_template_versions(asking); });
  };

  EXPECT_EQ(fault("<html/>"),
            call + "expected <DescribeLaunchTemplateVersionsResponse>, but the answer is <html>");
  EXPECT_EQ(fault(page(item("", "1"))), call + "an entry of the answer has no <launchTemplateId>");
  EXPECT_EQ(fault(page(item("lt-1", ""))), call + "an entry of the answer has no <versionNumber>");
  EXPECT_EQ(fault(page(item("lt-1", "$Latest"))),
            call + "the answer has a <versionNumber> that is no number");
  answer(page("", "t"));
  EXPECT_EQ(fault(page("", "t")), call + "the service gave the same page token twice");
}

TEST_F(LaunchTemplatesTest, HasABoundForVersions) {
  std::string many;
  for (int i = 0; i < 20'001; ++i) many += item("lt-" + std::to_string(i), "1");
  answer(page(many));
  EXPECT_EQ(fault_of([this] { current_launch_template_versions(asking); }),
            call + "more than 20,000 launch template versions");
}

// ---- versions of one template

TEST_F(LaunchTemplatesTest, AsksForVersionsOfOneTemplate) {
  answer(page(item("lt-1", "9"), "t"));
  answer(page(item("lt-1", "3")));

  EXPECT_THAT(brief(launch_template_versions(asking, "lt-1", {"9", "3"})),
              ElementsAre("lt-1:3", "lt-1:9"))
      << "there may be later ones";

  const std::string question =
      "Action=DescribeLaunchTemplateVersions&MaxResults=200&LaunchTemplateVersion.1=9&"
      "LaunchTemplateVersion.2=3&LaunchTemplateId=lt-1&ResolveAlias=true&";
  EXPECT_EQ(sent(0), question + "Version=2016-11-15");
  EXPECT_EQ(sent(1), question + "NextToken=t&Version=2016-11-15");
}

TEST_F(LaunchTemplatesTest, KnowsTheLatestIfItWasAskedFor) {
  answer(page(item("lt-1", "9") + item("lt-1", "9") + item("lt-1", "3")));
  EXPECT_THAT(brief(launch_template_versions(asking, "lt-1", {"9", "$Latest", "3"})),
              ElementsAre("lt-1:3", "lt-1:9L"));
}

TEST_F(LaunchTemplatesTest, NeverAsksForAllVersions) {
  EXPECT_THAT(launch_template_versions(asking, "lt-1", {}), IsEmpty());
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(LaunchTemplatesTest, DoesWithoutParametersThatEc2CannotRead) {
  answer(failure("UnauthorizedOperation"), 403);
  answer(page(item("lt-1",
                   "1",
                   "<launchTemplateData><imageId>resolve:ssm:/ami/web</imageId>"
                   "</launchTemplateData>"),
              "t"));
  answer(page(""));

  const auto versions = launch_template_versions(asking, "lt-1", {"1"});

  ASSERT_EQ(versions.size(), 1U);
  EXPECT_EQ(versions[0].ami, "resolve:ssm:/ami/web");
  const std::string plain =
      "Action=DescribeLaunchTemplateVersions&MaxResults=200&LaunchTemplateVersion.1=1&"
      "LaunchTemplateId=lt-1&";
  EXPECT_EQ(sent(1), plain + "Version=2016-11-15");
  EXPECT_EQ(sent(2), plain + "NextToken=t&Version=2016-11-15");
}

TEST_F(LaunchTemplatesTest, TellsAFailure) {
  answer(failure("InvalidLaunchTemplateId.VersionNotFound"), 400);
  answer(failure("InvalidLaunchTemplateId.VersionNotFound"), 400);
  EXPECT_EQ(fault_of([this] { launch_template_versions(asking, "lt-1", {"7"}); }),
            call + "InvalidLaunchTemplateId.VersionNotFound (HTTP 400)");
}

}  // namespace
}  // namespace patchbot::aws
