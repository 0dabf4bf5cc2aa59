// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"
#include "services/aws/ec2_images.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::StartsWith;
using testing::UnorderedElementsAre;

const std::string here = " in eu-west-1 of account 111122223333: ";

std::string instance(const std::string& id) {
  return "<item><instanceId>" + id + "</instanceId></item>";
}

/// A page of reservations with one instance each.
std::string page(const std::vector<std::string>& ids, const std::string& token = {}) {
  std::string body = "<DescribeInstancesResponse xmlns=\"u\"><reservationSet>";
  for (const std::string& id : ids) {
    body += "<item><instancesSet>" + instance(id) + "</instancesSet></item>";
  }
  return body + "</reservationSet>" +
         (token.empty() ? "" : "<nextToken>" + token + "</nextToken>") +
         "</DescribeInstancesResponse>";
}

class Ec2Test : public AwsTest {
 protected:
  std::vector<std::vector<Target>> pages(const std::vector<std::string>& states = {}) {
    std::vector<std::vector<Target>> all;
    Client asking = client();
    each_instance_page(
        asking, states, [&](std::vector<Target>&& targets) { all.push_back(std::move(targets)); });
    return all;
  }
};

// ---- regions

TEST_F(Ec2Test, NamesTheEnabledRegionsSorted) {
  answer(
      "<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item><item>"
      "<regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>");
  Client asking = client();

  EXPECT_THAT(enabled_regions(asking), ElementsAre("eu-west-1", "us-east-1"));
  EXPECT_EQ(sent(0), "Action=DescribeRegions&AllRegions=false&Version=2016-11-15");
}

TEST_F(Ec2Test, DoesNotBelieveThatThereIsNoRegion) {
  answer("<DescribeRegionsResponse/>");
  Client asking = client();

  EXPECT_EQ(fault_of([&] { enabled_regions(asking); }),
            "remote: ec2 DescribeRegions" + here + "the answer names no region");
}

// ---- instances

TEST_F(Ec2Test, ReadsInstancesPageByPage) {
  answer(page({"i-1", "i-2"}, "t/1+="));
  answer(page({}, "t2"));
  answer(page({"i-3"}));

  const auto all = pages({"running", "stopped"});

  ASSERT_EQ(all.size(), 3U);
  ASSERT_EQ(all[0].size(), 2U);
  EXPECT_EQ(all[0][0].id, "i-1");
  EXPECT_EQ(all[0][0].account, "111122223333");
  EXPECT_EQ(all[0][0].region, "eu-west-1");
  EXPECT_THAT(all[1], IsEmpty());
  EXPECT_EQ(all[2][0].id, "i-3");
  const std::string question =
      "Action=DescribeInstances&MaxResults=500&IncludeManagedResources=true&"
      "Filter.1.Name=instance-state-name&Filter.1.Value.1=running&Filter.1.Value.2=stopped&";
  EXPECT_EQ(sent(0), question + "Version=2016-11-15");
  EXPECT_EQ(sent(1), question + "NextToken=t%2F1%2B%3D&Version=2016-11-15");
  EXPECT_EQ(sent(2), question + "NextToken=t2&Version=2016-11-15");
}

TEST_F(Ec2Test, AsksForAnyStateWithoutAFilter) {
  answer(page({}));

  pages();

  EXPECT_EQ(sent(0),
            "Action=DescribeInstances&MaxResults=500&IncludeManagedResources=true&"
            "Version=2016-11-15");
}

TEST_F(Ec2Test, AsksAnOlderEc2AsItUnderstands) {
  answer("<Response><Errors><Error><Code>UnknownParameter</Code></Error></Errors></Response>", 400);
  answer(page({"i-1"}, "t"));
  answer(page({"i-2"}));

  EXPECT_EQ(pages().size(), 2U);

  EXPECT_EQ(sent(1), "Action=DescribeInstances&MaxResults=500&Version=2016-11-15");
  EXPECT_EQ(sent(2), "Action=DescribeInstances&MaxResults=500&NextToken=t&Version=2016-11-15");
}

TEST_F(Ec2Test, KeepsThePagesBeforeAFailure) {
  answer(page({"i-1"}, "t"));
  answer("<Response><Errors><Error><Code>InvalidParameterValue</Code></Error></Errors></Response>",
         400);
  std::vector<std::string> ids;
  Client asking = client();

  EXPECT_EQ(fault_of([&] {
              each_instance_page(asking, {}, [&](std::vector<Target>&& targets) {
                for (const Target& target : targets) ids.push_back(target.id);
              });
            }),
            "remote: ec2 DescribeInstances" + here + "InvalidParameterValue (HTTP 400)");
  EXPECT_THAT(ids, ElementsAre("i-1"));
}

TEST_F(Ec2Test, RefusesAnInstanceWithoutAnId) {
  answer(page({""}));

  EXPECT_EQ(fault_of([this] { pages(); }),
            "remote: ec2 DescribeInstances" + here + "an instance has no id");
}

TEST_F(Ec2Test, RefusesAnotherDocument) {
  answer("<html><body>Sign in to the hotel's network</body></html>");
  EXPECT_EQ(fault_of([this] { pages(); }),
            "remote: ec2 DescribeInstances" + here +
                "expected <DescribeInstancesResponse>, but the answer is <html>");
}

TEST_F(Ec2Test, NamesTheCallWhoseAnswerIsBroken) {
  answer("<DescribeInstancesResponse><reservationSet>");
  EXPECT_THAT(
      fault_of([this] { pages(); }),
      StartsWith("remote: ec2 DescribeInstances" + here + "the answer, line and column:1:44: "));
}

TEST_F(Ec2Test, RefusesAPageThatPointsToItself) {
  answer(page({"i-1"}, "t"));
  answer(page({"i-1"}, "t"));

  EXPECT_THAT(fault_of([this] { pages(); }), HasSubstr("the same page token twice"));
}

// ---- images

TEST_F(Ec2Test, NamesImages) {
  answer(
      "<DescribeImagesResponse><imagesSet><item><imageId>ami-1</imageId><name>web-1</name></item>"
      "<item><imageId>ami-2</imageId></item></imagesSet></DescribeImagesResponse>");
  Client asking = client();

  EXPECT_THAT(image_names(asking, {"ami-1", "ami-2", "ami-gone"}),
              UnorderedElementsAre(Pair("ami-1", "web-1"), Pair("ami-2", "")));
  EXPECT_EQ(sent(0),
            "Action=DescribeImages&IncludeDeprecated=true&IncludeDisabled=true&"
            "Filter.1.Name=image-id&Filter.1.Value.1=ami-1&Filter.1.Value.2=ami-2&"
            "Filter.1.Value.3=ami-gone&Version=2016-11-15");
}

TEST_F(Ec2Test, AsksForTwoHundredImagesAtATime) {
  std::vector<std::string> ids;
  for (int i = 0; i < 401; ++i) ids.push_back("ami-" + std::to_string(i));
  for (int i = 0; i < 3; ++i) {
    answer("<DescribeImagesResponse><imagesSet><item><imageId>ami-" + std::to_string(i * 200) +
           "</imageId><name>n</name></item></imagesSet></DescribeImagesResponse>");
  }
  Client asking = client();

  EXPECT_EQ(image_names(asking, ids).size(), 3U);

  ASSERT_EQ(transport.requests.size(), 3U);
  EXPECT_THAT(sent(0), HasSubstr("&Filter.1.Value.200=ami-199&Version"));
  EXPECT_THAT(sent(1), HasSubstr("Filter.1.Value.1=ami-200&"));
  EXPECT_THAT(sent(2), HasSubstr("Filter.1.Value.1=ami-400&Version"));
}

TEST_F(Ec2Test, AsksForNoImageIfThereIsNone) {
  Client asking = client();

  EXPECT_TRUE(image_names(asking, {}).empty());
  EXPECT_THAT(transport.requests, IsEmpty());
}

// ---- permissions

TEST_F(Ec2Test, TriesAPermissionWithoutDoingAnything) {
  const auto outcome = [this](const std::string& code, int status) {
    answer("<Response><Errors><Error><Code>" + code +
               "</Code><Message>m</Message></Error></Errors>"
               "</Response>",
           status);
    Client asking = client();
    return dry_run(asking, describe_instances);
  };

  EXPECT_EQ(outcome("DryRunOperation", 412), "");
  EXPECT_EQ(sent(0), "Action=DescribeInstances&DryRun=true&Version=2016-11-15");
  EXPECT_EQ(outcome("UnauthorizedOperation", 403), "UnauthorizedOperation: m");
  answer(page({}));
  Client asking = client();
  EXPECT_EQ(dry_run(asking, describe_instances), "") << "a test server may know no dry run";
}

}  // namespace
}  // namespace patchbot::aws
