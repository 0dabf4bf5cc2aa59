// SPDX-License-Identifier: Apache-2.0
#include "services/aws/cloudformation.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string here = " in eu-west-1 of account 111122223333: ";

std::string page(const std::string& stacks, const std::string& token = {}) {
  return "<DescribeStacksResponse><DescribeStacksResult><Stacks>" + stacks + "</Stacks>" +
         (token.empty() ? "" : "<NextToken>" + token + "</NextToken>") +
         "</DescribeStacksResult></DescribeStacksResponse>";
}

std::string stack(const std::string& name, const std::string& status = "CREATE_COMPLETE") {
  return "<member><StackName>" + name + "</StackName><StackId>arn:" + name +
         "</StackId><StackStatus>" + status + "</StackStatus></member>";
}

std::string template_page(const std::string& body) {
  return "<GetTemplateResponse><GetTemplateResult><StagesAvailable><member>Original</member>"
         "</StagesAvailable>" +
         body + "</GetTemplateResult></GetTemplateResponse>";
}

class CloudFormationTest : public AwsTest {
 protected:
  std::vector<Stack> stacks_in(const std::string& body) {
    answer(body);
    return stacks(asking);
  }
  std::string body_in(const std::string& body) {
    answer(body);
    return template_body(asking, "web");
  }

  Client asking = client();
};

// ---- stacks

TEST_F(CloudFormationTest, ReadsEveryFieldOfAStack) {
  const auto found = stacks_in(page(
      "<member><StackName>web</StackName><StackId>arn:aws:cloudformation:eu-west-1:111122223333:"
      "stack/web/1</StackId><StackStatus>UPDATE_ROLLBACK_FAILED</StackStatus><StackStatusReason>"
      "no &amp; no</StackStatusReason><ParentId>arn:parent</ParentId><CreationTime>"
      "2026-11-20T05:06:07.123Z</CreationTime><LastUpdatedTime>2026-11-22T05:06:07.123Z"
      "</LastUpdatedTime><Parameters><member><ParameterKey>Size</ParameterKey><ParameterValue>2"
      "</ParameterValue></member><member><ParameterKey>AmiId</ParameterKey><ParameterValue>"
      "/ami/web</ParameterValue><ResolvedValue>ami-1</ResolvedValue></member></Parameters><Tags>"
      "<member><Key>team</Key><Value>shop</Value></member><member><Key>env</Key><Value>prod"
      "</Value></member></Tags><Outputs><member><OutputKey>o</OutputKey></member></Outputs>"
      "</member>" +
      stack("bare")));

  Stack whole;
  whole.name = "web";
  whole.id = "arn:aws:cloudformation:eu-west-1:111122223333:stack/web/1";
  whole.status = "UPDATE_ROLLBACK_FAILED";
  whole.reason = "no & no";
  whole.parent = "arn:parent";
  whole.created_at = parse_rfc3339("2026-11-20T05:06:07Z");
  whole.updated_at = parse_rfc3339("2026-11-22T05:06:07Z");
  whole.parameters = {{"Size", "2", ""}, {"AmiId", "/ami/web", "ami-1"}};
  whole.tags = {{"env", "prod"}, {"team", "shop"}};
  Stack bare;
  bare.name = "bare";
  bare.id = "arn:bare";
  bare.status = "CREATE_COMPLETE";
  EXPECT_THAT(found, ElementsAre(whole, bare));
  EXPECT_EQ(sent(0), "Action=DescribeStacks&Version=2010-05-15");
  EXPECT_EQ(transport.requests[0].url, "https://cloudformation.eu-west-1.amazonaws.com/");
}

TEST_F(CloudFormationTest, ReadsStacksPageByPage) {
  answer(page(stack("a"), "t/1="));
  answer(page("", "t2"));

  EXPECT_EQ(stacks_in(page(stack("b"))).size(), 2U);

  EXPECT_EQ(sent(1), "Action=DescribeStacks&NextToken=t%2F1%3D&Version=2010-05-15");
  EXPECT_EQ(sent(2), "Action=DescribeStacks&NextToken=t2&Version=2010-05-15");
}

TEST_F(CloudFormationTest, LeavesOutWhatIsOnlyPlanned) {
  const auto found =
      stacks_in(page(stack("plan", "REVIEW_IN_PROGRESS") + stack("new", "CREATE_IN_PROGRESS")));

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "new");
}

TEST_F(CloudFormationTest, ReadsThatThereIsNoStack) { EXPECT_THAT(stacks_in(page("")), IsEmpty()); }

TEST_F(CloudFormationTest, RefusesStacksOfAnotherShape) {
  const auto fault = [this](const std::string& body) { return fault_of([&] { stacks_in(body); }); };
  const std::string call = "remote: cloudformation DescribeStacks" + here;

  EXPECT_EQ(fault("<html/>"), call + "expected <DescribeStacksResponse>, but the answer is <html>");
  EXPECT_EQ(fault("<DescribeStacksResponse><DescribeStacksResult/></DescribeStacksResponse>"),
            call + "the answer has no <Stacks>");
  EXPECT_EQ(fault(page("<member/>")), call + "an entry of the answer has no <StackName>");
  EXPECT_EQ(fault(page("<member><StackName>a</StackName></member>")),
            call + "an entry of the answer has no <StackId>");
  EXPECT_EQ(fault(page(stack("a", ""))), call + "an entry of the answer has no <StackStatus>");
  answer(page("", "t"));
  EXPECT_EQ(fault(page("", "t")), call + "the service gave the same page token twice");
}

TEST_F(CloudFormationTest, HasABoundForStacks) {
  std::string many;
  for (int i = 0; i < 20'001; ++i) many += stack("s" + std::to_string(i));
  EXPECT_EQ(fault_of([&] { stacks_in(page(many)); }),
            "remote: cloudformation DescribeStacks" + here + "more than 20,000 stacks");
}

// ---- templates

TEST_F(CloudFormationTest, GivesATemplateAsItWasHandedIn) {
  EXPECT_EQ(body_in(template_page("<TemplateBody># a &lt;comment&gt;\nResources:\n\n  B:\n    "
                                  "Type: AWS::S3::Bucket\n</TemplateBody>")),
            "# a <comment>\nResources:\n\n  B:\n    Type: AWS::S3::Bucket\n");
  EXPECT_EQ(sent(0), "Action=GetTemplate&StackName=web&TemplateStage=Original&Version=2010-05-15");
  EXPECT_EQ(body_in(template_page("<TemplateBody><![CDATA[{ \"a\":  \"<b>\" }]]></TemplateBody>")),
            "{ \"a\":  \"<b>\" }");
}

TEST_F(CloudFormationTest, TakesTemplatesAsLargeAsCloudFormationDoes) {
  const std::string large(1'048'576, 'x');
  EXPECT_EQ(body_in(template_page("<TemplateBody>" + large + "</TemplateBody>")).size(),
            large.size());
}

TEST_F(CloudFormationTest, RefusesTemplatesOfAnotherShape) {
  const auto fault = [this](const std::string& body) { return fault_of([&] { body_in(body); }); };
  const std::string call = "remote: cloudformation GetTemplate" + here;

  EXPECT_EQ(fault("<html/>"), call + "expected <GetTemplateResponse>, but the answer is <html>");
  EXPECT_EQ(fault(template_page("")), call + "the answer has no <TemplateBody>");
  EXPECT_EQ(fault(template_page("<TemplateBody/>")), call + "the template is empty");
  EXPECT_EQ(
      fault(template_page("<TemplateBody>" + std::string(2'097'153, 'x') + "</TemplateBody>")),
      call + "the template is larger than 2 MiB");
}

TEST_F(CloudFormationTest, TellsAFailure) {
  answer(
      "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with "
      "id web does not exist</Message></Error></ErrorResponse>",
      400);
  EXPECT_EQ(fault_of([this] { template_body(asking, "web"); }),
            "remote: cloudformation GetTemplate" + here +
                "ValidationError: Stack with id web does not exist (HTTP 400)");
}

}  // namespace
}  // namespace patchbot::aws
