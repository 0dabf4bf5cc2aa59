// SPDX-License-Identifier: Apache-2.0
// SSM, Inspector and Organizations: pages of JSON.
#include <gmock/gmock.h>

#include "aws_fixture.hpp"
#include "services/aws/inspector.hpp"
#include "services/aws/organizations.hpp"
#include "services/aws/ssm.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using test::sent_header;
using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

const std::string here = " in eu-west-1 of account 111122223333: ";

class JsonServices : public AwsTest {
 protected:
  Client asking = client();
};

// ---- SSM

using Ssm = JsonServices;

TEST_F(Ssm, TellsWhatAgentsLastSaid) {
  answer(R"({"InstanceInformationList":[{"InstanceId":"i-1","PingStatus":"Online"},
            {"InstanceId":"i-2","PingStatus":"ConnectionLost"}],"NextToken":"a\"b"})");
  answer(R"({"InstanceInformationList":[],"NextToken":"c"})");
  answer(R"({"InstanceInformationList":[{"InstanceId":"mi-3","PingStatus":"Inactive"}]})");

  EXPECT_THAT(ssm_pings(asking),
              UnorderedElementsAre(
                  Pair("i-1", "Online"), Pair("i-2", "ConnectionLost"), Pair("mi-3", "Inactive")));
  EXPECT_EQ(sent_header(transport.requests.at(0), "X-Amz-Target"),
            "AmazonSSM.DescribeInstanceInformation");
  EXPECT_EQ(sent(0), R"({"MaxResults":50})");
  EXPECT_EQ(sent(1), R"({"MaxResults":50,"NextToken":"a\"b"})");
  EXPECT_EQ(sent(2), R"({"MaxResults":50,"NextToken":"c"})");
}

TEST_F(Ssm, DoesNotMindOddNodes) {
  answer(R"({"InstanceInformationList":[7,{"InstanceId":"i-1","PingStatus":7}]})");
  EXPECT_EQ(ssm_pings(asking)["i-1"], "");
}

TEST_F(Ssm, SaysWhichAnswerIsNone) {
  for (const char* body : {"", "[]", "\"text\"", R"({"InstanceInformationList":[)"}) {
    answer(body);
    EXPECT_EQ(fault_of([this] { ssm_pings(asking); }),
              "remote: ssm DescribeInstanceInformation" + here +
                  "the answer is no JSON object, or is cut off")
        << body;
  }
}

TEST_F(Ssm, DoesNotTakeAnotherShapeForAnEmptyList) {
  answer(R"({"InstanceInformationList":{"not":"a list"},"NextToken":null})");

  EXPECT_EQ(fault_of([this] { ssm_pings(asking); }),
            "remote: ssm DescribeInstanceInformation" + here +
                "the answer has no list InstanceInformationList");
}

TEST_F(Ssm, RefusesAPageThatPointsToItself) {
  answer(R"({"InstanceInformationList":[],"NextToken":"t"})");
  answer(R"({"InstanceInformationList":[],"NextToken":"t"})");

  EXPECT_EQ(fault_of([this] { ssm_pings(asking); }),
            "remote: ssm DescribeInstanceInformation" + here +
                "the service gave the same page token twice");
}

// ---- Inspector

using Inspector = JsonServices;

std::string account_status(const std::string& status) {
  return R"({"accounts":[{"accountId":"111122223333","state":{"status":"ENABLED"},
             "resourceState":{"ec2":{"status":")" +
         status + R"("},"ecr":{"status":"ENABLED"}}}],"failedAccounts":[]})";
}

TEST_F(Inspector, SaysWhetherItLooksAtInstances) {
  for (const char* on : {"ENABLED", "ENABLING"}) {
    answer(account_status(on));
    EXPECT_TRUE(inspects_instances(asking)) << on;
  }
  for (const char* off : {"DISABLED", "DISABLING", "SUSPENDED", "SUSPENDING"}) {
    answer(account_status(off));
    EXPECT_FALSE(inspects_instances(asking)) << off;
  }
  EXPECT_EQ(transport.requests.at(0).url,
            "https://inspector2.eu-west-1.amazonaws.com/status/batch/get");
  EXPECT_EQ(sent(0), R"({"accountIds":["111122223333"]})");
}

TEST_F(Inspector, IsNotOffWhereItCouldNotBeAsked) {
  answer(R"({"accounts":[],"failedAccounts":[{"accountId":"111122223333",
            "errorCode":"ACCESS_DENIED","errorMessage":"not\nyours"}]})");
  EXPECT_EQ(fault_of([this] { inspects_instances(asking); }),
            "remote: inspector2 BatchGetAccountStatus" + here + "ACCESS_DENIED: not yours");

  answer("{}");
  EXPECT_EQ(fault_of([this] { inspects_instances(asking); }),
            "remote: inspector2 BatchGetAccountStatus" + here + "the answer has no list accounts");

  answer(account_status(""));
  EXPECT_EQ(fault_of([this] { inspects_instances(asking); }),
            "remote: inspector2 BatchGetAccountStatus" + here +
                "the answer does not say whether Inspector is on");
}

TEST_F(Inspector, TellsWhatItCovers) {
  const auto covered = [](const std::string& id,
                          const std::string& type,
                          const std::string& code,
                          const std::string& reason) {
    return R"({"resourceId":")" + id + R"(","scanType":")" + type +
           R"(","scanStatus":{"statusCode":")" + code + R"(","reason":")" + reason + R"("}})";
  };
  answer(R"({"coveredResources":[)" + covered("i-1", "PACKAGE", "ACTIVE", "SUCCESSFUL") + "," +
         covered("i-1", "NETWORK", "ACTIVE", "SUCCESSFUL") + "," +
         covered("i-2", "PACKAGE", "INACTIVE", "UNMANAGED_EC2_INSTANCE") + R"(],"nextToken":"t"})");
  answer(R"({"coveredResources":[)" + covered("i-2", "NETWORK", "INACTIVE", "X") + "," +
         covered("i-3", "PACKAGE", "INACTIVE", "") + "," + covered("i-4", "CODE", "ACTIVE", "") +
         R"(,{"resourceId":"i-5","scanType":"PACKAGE"}]})");

  auto coverage = inspector_coverage(asking);

  EXPECT_EQ(coverage.size(), 5U);
  EXPECT_EQ(coverage["i-1"].packages, "ACTIVE");
  EXPECT_TRUE(coverage["i-1"].network_active);
  EXPECT_EQ(coverage["i-2"].packages, "UNMANAGED_EC2_INSTANCE");
  EXPECT_FALSE(coverage["i-2"].network_active);
  EXPECT_EQ(coverage["i-3"].packages, "INACTIVE");
  EXPECT_EQ(coverage["i-4"].packages, "");
  EXPECT_EQ(coverage["i-5"].packages, "");
  EXPECT_EQ(transport.requests.at(0).url,
            "https://inspector2.eu-west-1.amazonaws.com/coverage/list");
  EXPECT_EQ(sent(0),
            R"({"filterCriteria":{"accountId":[{"comparison":"EQUALS","value":"111122223333"}],)"
            R"("resourceType":[{"comparison":"EQUALS","value":"AWS_EC2_INSTANCE"}]},)"
            R"("maxResults":200})");
  EXPECT_EQ(sent(1).substr(sent(1).size() - 36), R"(]},"maxResults":200,"nextToken":"t"})");
}

TEST_F(Inspector, NamesTheInstancesThatTheInternetReaches) {
  answer(R"({"findings":[{"resources":[{"id":"i-1"},{"id":"i-2"}]},{"resources":[]}],
            "nextToken":"t"})");
  answer(R"({"findings":[{"resources":[{"id":"i-1"}]}]})");

  EXPECT_THAT(reachable_instances(asking), UnorderedElementsAre("i-1", "i-2"));
  EXPECT_EQ(transport.requests.at(0).url,
            "https://inspector2.eu-west-1.amazonaws.com/findings/list");
  EXPECT_EQ(sent(0),
            R"({"filterCriteria":{"awsAccountId":[{"comparison":"EQUALS","value":"111122223333"}],)"
            R"("findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],)"
            R"("findingType":[{"comparison":"EQUALS","value":"NETWORK_REACHABILITY"}],)"
            R"("resourceType":[{"comparison":"EQUALS","value":"AWS_EC2_INSTANCE"}]},)"
            R"("maxResults":100})");
}

TEST_F(Inspector, SaysWhyItCannotBeAsked) {
  transport.answers = {
      test::replied(403, R"({"message":"no"})", {{"x-amzn-errortype", "AccessDeniedException"}})};

  EXPECT_THAT(fault_of([this] { inspector_coverage(asking); }),
              testing::StartsWith("remote: inspector2 ListCoverage" + here +
                                  "AccessDeniedException: no (HTTP 403); the role lacks"));
}

// ---- Organizations

using Organizations = JsonServices;

std::string told(const std::vector<OrganizationAccount>& accounts) {
  std::string text;
  for (const OrganizationAccount& account : accounts) {
    text += account.id + "/" + account.name + "/" + account.state + " ";
  }
  return text;
}

TEST_F(Organizations, ListsAccountsPageByPage) {
  answer(R"({"Accounts":[{"Id":"1","Name":"prod","State":"ACTIVE","Status":"SUSPENDED"}],
            "NextToken":"a"})");
  answer(R"({"Accounts":[],"NextToken":"b"})");
  answer(R"({"Accounts":[],"NextToken":"c"})");
  answer(R"({"Accounts":[{"Id":"2","Name":"old","Status":"ACTIVE"},
            {"Id":"3","Name":"closing","State":"PENDING_CLOSURE"},{"Id":"4"}],"NextToken":""})");

  EXPECT_EQ(told(list_accounts(asking)),
            "1/prod/ACTIVE 2/old/ACTIVE 3/closing/PENDING_CLOSURE 4// ");
  EXPECT_EQ(sent_header(transport.requests.at(0), "X-Amz-Target"),
            "AWSOrganizationsV20161128.ListAccounts");
  EXPECT_EQ(sent(0), R"({"MaxResults":20})");
  EXPECT_EQ(sent(3), R"({"MaxResults":20,"NextToken":"c"})");
}

TEST_F(Organizations, CleansNames) {
  answer("{\"Accounts\":[{\"Id\":\"1\",\"Name\":\"a\\u001b[2J\\nb\",\"State\":\"ACTIVE\"}]}");

  EXPECT_EQ(told(list_accounts(asking)), "1/a[2J b/ACTIVE ");
}

}  // namespace
}  // namespace patchbot::aws
