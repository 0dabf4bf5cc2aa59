// SPDX-License-Identifier: Apache-2.0
#include "services/aws/client.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::milliseconds;
using test::fault_of;
using test::lost;
using test::replied;
using test::sent_header;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr Operation describe{ec2, "DescribeThings"};
constexpr Operation create{ec2, "CreateThing", {}, false};
constexpr Operation ask_ssm{ssm, "GetThing"};
constexpr Operation ask_inspector{inspector2, "ListThings", "/things/list"};
constexpr Operation get_object{s3, "GetObject"};
constexpr Operation put_object{s3, "PutObject"};

HttpResponse refused(const std::string& code, int status = 400) {
  return replied(status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
}

class ClientTest : public AwsTest {
 protected:
  Reply ask(const Operation& operation = describe) {
    Client asking = client();
    return asking.query(operation, {});
  }

  /// How many requests go out when the other side always answers so.
  std::size_t attempts_at(const HttpResponse& response, const Operation& operation = describe) {
    transport.requests.clear();
    transport.handler = [&](const HttpRequest&) { return response; };
    ask(operation);
    return transport.requests.size();
  }
};

// ---- what goes out

TEST_F(ClientTest, SendsAForm) {
  answer("<R/>");

  Client asking = client();
  EXPECT_EQ(asking
                .query(describe,
                       {{"Filter.1.Name", "tag:Team"},
                        {"Filter.1.Value.1", "a b*~+&=%/ü"},
                        {"Empty", ""},
                        {"A&B", "x\n"}})
                .value(),
            "<R/>");

  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://ec2.eu-west-1.amazonaws.com/");
  EXPECT_EQ(
      request.body,
      "Action=DescribeThings&Filter.1.Name=tag%3ATeam&Filter.1.Value.1=a+b%2A~%2B%26%3D%25%2F%"
      "C3%BC&Empty=&A%26B=x%0A&Version=2016-11-15");
  EXPECT_EQ(sent_header(request, "Content-Type"),
            "application/x-www-form-urlencoded; charset=utf-8");
  EXPECT_THAT(sent_header(request, "Authorization"),
              HasSubstr("Credential=KEY0/20260102/eu-west-1/ec2/aws4_request"));
  EXPECT_EQ(sent_header(request, "X-Amz-Security-Token"), "T0KEN");
  EXPECT_EQ(request.label, "ec2 DescribeThings in eu-west-1");
  EXPECT_EQ(request.scope, "111122223333");
}

TEST_F(ClientTest, SendsJsonWithItsTarget) {
  answer("{}");

  client().json(ask_ssm, "{\"Name\":\"/a\"}");

  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://ssm.eu-west-1.amazonaws.com/");
  EXPECT_EQ(request.body, "{\"Name\":\"/a\"}");
  EXPECT_EQ(sent_header(request, "Content-Type"), "application/x-amz-json-1.1");
  EXPECT_EQ(sent_header(request, "X-Amz-Target"), "AmazonSSM.GetThing");
}

TEST_F(ClientTest, SendsRestJsonToItsPath) {
  answer("{}");

  client().json(ask_inspector, "{}");

  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.url, "https://inspector2.eu-west-1.amazonaws.com/things/list");
  EXPECT_EQ(sent_header(request, "Content-Type"), "application/json");
  EXPECT_EQ(sent_header(request, "X-Amz-Target"), "(none)");
}

TEST_F(ClientTest, SendsS3KeysAsPaths) {
  answer("");
  answer("");

  client().s3(get_object, "my.bucket", "dt=2026/a b+c.json");
  client().s3(put_object, "b", "k", "body");

  const HttpRequest& get = transport.requests.at(0);
  EXPECT_EQ(get.method, "GET");
  EXPECT_EQ(get.url, "https://s3.eu-west-1.amazonaws.com/my.bucket/dt%3D2026/a%20b%2Bc.json");
  EXPECT_EQ(sent_header(get, "Content-Type"), "(none)");
  const HttpRequest& put = transport.requests.at(1);
  EXPECT_EQ(put.method, "PUT");
  EXPECT_EQ(put.body, "body");
  EXPECT_EQ(sent_header(put, "Content-Type"), "application/octet-stream");
}

TEST_F(ClientTest, SignsOrganizationsForItsOneRegion) {
  answer("{}");
  constexpr Operation list{organizations, "ListThings"};

  client().json(list, "{}");

  EXPECT_EQ(transport.requests.at(0).url, "https://organizations.us-east-1.amazonaws.com/");
  EXPECT_THAT(sent_header(transport.requests.at(0), "Authorization"),
              HasSubstr("/us-east-1/organizations/"));
}

TEST_F(ClientTest, SignsNothingWithoutCredentials) {
  answer("{}");

  Client(session(), nullptr, "eu-west-1", "").query(describe, {});

  EXPECT_EQ(sent_header(transport.requests.at(0), "Authorization"), "(none)");
}

TEST_F(ClientTest, GoesWhereTheEnvironmentSays) {
  variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000/base/";
  answer("");

  ask();

  EXPECT_EQ(transport.requests.at(0).url, "http://127.0.0.1:5000/base/");
}

// ---- what is said of failures

TEST_F(ClientTest, NamesCallRegionAccountAndCause) {
  answer("<Error><Code>UnauthorizedOperation</Code><Message>You are not.</Message></Error>", 403);

  EXPECT_EQ(fault_of([this] { ask().value(); }),
            "remote: ec2 DescribeThings in eu-west-1 of account 111122223333: "
            "UnauthorizedOperation: You are not. (HTTP 403); the role lacks this permission "
            "(cfn/patchbot-roles.yaml has all that are needed)");
}

TEST_F(ClientTest, NamesNoRegionOrAccountThatItDoesNotKnow) {
  transport.answers = {replied(400, "")};

  EXPECT_EQ(fault_of([this] { Client(session(), nullptr, "", "").query(describe, {}).value(); }),
            "remote: ec2 DescribeThings: an empty answer (HTTP 400)");
}

TEST_F(ClientTest, SaysWhatToDo) {
  const auto fault_at = [this](const std::string& code) {
    transport.answers = {refused(code, 403)};
    return fault_of([this] { ask().value(); });
  };

  for (const char* code : {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}) {
    EXPECT_THAT(fault_at(code), HasSubstr("m (HTTP 403); the role lacks this permission")) << code;
  }
  for (const char* code :
       {"SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed"}) {
    EXPECT_THAT(fault_at(code), HasSubstr("; is the secret key right, and this machine's clock?"));
  }
  for (const char* code :
       {"AuthFailure", "UnrecognizedClientException", "InvalidClientTokenId", "OptInRequired"}) {
    EXPECT_THAT(fault_at(code), HasSubstr("; is the key valid, and the region enabled"));
  }
  EXPECT_THAT(fault_at("Other"), testing::EndsWith("Other: m (HTTP 403)"));
}

TEST_F(ClientTest, TakesEverySuccessfulStatus) {
  for (const int status : {200, 201, 204, 299}) {
    answer("body", status);
    EXPECT_EQ(ask().value(), "body");
  }
  answer("moved", 301);
  EXPECT_TRUE(ask().failure);
}

// ---- attempts

TEST_F(ClientTest, AsksThreeTimes) {
  EXPECT_EQ(attempts_at(replied(500, "")), 3U);
  EXPECT_EQ(attempts_at(lost("connection reset")), 3U);
  EXPECT_EQ(attempts_at(refused("RequestTimeout")), 3U);
}

TEST_F(ClientTest, AsksAsOftenAsTheEnvironmentSays) {
  variables["AWS_MAX_ATTEMPTS"] = "5";
  EXPECT_EQ(attempts_at(replied(503, "")), 5U);
}

TEST_F(ClientTest, AsksOnceIfTheEnvironmentSaysSo) {
  variables["AWS_MAX_ATTEMPTS"] = "1";
  EXPECT_EQ(attempts_at(replied(503, "")), 1U);
}

TEST_F(ClientTest, RefusesOddNumbersOfAttempts) {
  for (const char* bad : {"0", "21", "-1", "three", "3.5", "99999999999999999999", "3\x1B"}) {
    variables["AWS_MAX_ATTEMPTS"] = bad;
    const std::string fault =
        fault_of([this] { const Session made(transport, clock, environment()); });
    EXPECT_THAT(fault, StartsWith("usage: AWS_MAX_ATTEMPTS: '")) << bad;
    EXPECT_THAT(fault, testing::EndsWith("' is no number from 1 to 20"));
  }
}

TEST_F(ClientTest, AsksAgainAtEveryThrottlingCode) {
  for (const char* code : {"Throttling",
                           "RequestLimitExceeded",
                           "TooManyRequestsException",
                           "SlowDown",
                           "EC2ThrottledException",
                           "LimitExceededException"}) {
    EXPECT_EQ(attempts_at(refused(code)), 3U) << code;
  }
  EXPECT_EQ(attempts_at(replied(429, "")), 3U);
}

TEST_F(ClientTest, AsksOnceWhereTheAnswerIsFinal) {
  EXPECT_EQ(attempts_at(refused("AccessDenied", 403)), 1U);
  EXPECT_EQ(attempts_at(refused("InvalidParameterValue")), 1U);
  EXPECT_EQ(attempts_at(replied(500, "<html>not implemented</html>")), 1U);
  EXPECT_EQ(attempts_at(replied(200, "")), 1U);
}

TEST_F(ClientTest, RepeatsNoChangeThatMayHaveHappened) {
  EXPECT_EQ(attempts_at(replied(500, ""), create), 1U);
  EXPECT_EQ(attempts_at(replied(504, ""), create), 1U);
  EXPECT_EQ(attempts_at(lost("timeout"), create), 1U);
}

TEST_F(ClientTest, RepeatsAChangeThatCannotHaveHappened) {
  EXPECT_EQ(attempts_at(lost("could not connect", true), create), 3U);
  EXPECT_EQ(attempts_at(refused("RequestLimitExceeded", 503), create), 3U);
  EXPECT_EQ(attempts_at(replied(429, ""), create), 3U);
}

TEST_F(ClientTest, WaitsWithFullJitter) {
  variables["AWS_MAX_ATTEMPTS"] = "8";
  clock.luck = 0.9999;
  attempts_at(replied(500, ""));
  EXPECT_THAT(clock.sleeps, ElementsAre(999, 1999, 3999, 7999, 15998, 19998, 19998));

  clock.sleeps.clear();
  clock.luck = 0;
  attempts_at(replied(500, ""));
  EXPECT_THAT(clock.sleeps, ElementsAre(0, 0, 0, 0, 0, 0, 0));
}

TEST_F(ClientTest, WaitsAsLongAsTheServiceWants) {
  clock.luck = 0.5;
  HttpResponse busy = replied(503, "");
  busy.headers.push_back({"Retry-After", "7"});
  attempts_at(busy);
  EXPECT_THAT(clock.sleeps, ElementsAre(7000, 7000));
}

TEST_F(ClientTest, ForgetsAFailureThatASuccessFollows) {
  transport.answers = {replied(500, ""), replied(200, "good")};

  const Reply reply = ask();

  EXPECT_FALSE(reply.failure);
  EXPECT_EQ(reply.value(), "good");
}

TEST_F(ClientTest, SignsEveryAttemptAnew) {
  transport.answers = {replied(500, ""), replied(200, "")};
  clock.luck = 0.9999;
  clock.pass(milliseconds(500));

  ask();

  EXPECT_EQ(sent_header(transport.requests.at(0), "X-Amz-Date"), "20260102T030405Z");
  EXPECT_EQ(sent_header(transport.requests.at(1), "X-Amz-Date"), "20260102T030406Z");
}

// ---- the quota

TEST_F(ClientTest, StopsHammeringABrokenService) {
  session().retry_quota = 12;

  EXPECT_EQ(attempts_at(replied(500, "")), 3U);  // 12 -> 7 -> 2
  EXPECT_EQ(session().retry_quota, 2);
  EXPECT_EQ(attempts_at(replied(500, "")), 1U);
  EXPECT_EQ(session().retry_quota, 2);
}

TEST_F(ClientTest, EarnsTheQuotaBackWithSuccess) {
  session().retry_quota = 4;
  EXPECT_EQ(attempts_at(replied(200, "")), 1U);
  EXPECT_EQ(session().retry_quota, 5);
  EXPECT_EQ(attempts_at(replied(500, "")), 2U);
  session().retry_quota = 500;
  attempts_at(replied(200, ""));
  EXPECT_EQ(session().retry_quota, 500) << "never more than at the beginning";
}

// ---- credentials that expire

TEST_F(ClientTest, RenewsExpiredCredentialsOnce) {
  transport.answers = {refused("ExpiredToken", 403), replied(200, "good")};

  EXPECT_EQ(ask().value(), "good");
  EXPECT_EQ(credentials->renewals, 1);
  EXPECT_THAT(sent_header(transport.requests.at(1), "Authorization"), HasSubstr("=KEY1/"));
  EXPECT_THAT(clock.sleeps, IsEmpty());
}

TEST_F(ClientTest, RenewsForAChangeTooForItWasRefused) {
  transport.answers = {refused("RequestExpired"), replied(200, "good")};

  EXPECT_EQ(ask(create).value(), "good");
}

TEST_F(ClientTest, TakesTheSecondExpiryForTheAnswer) {
  transport.handler = [](const HttpRequest&) { return refused("ExpiredTokenException"); };

  EXPECT_EQ(ask().failure->code, "ExpiredTokenException");
  EXPECT_EQ(transport.requests.size(), 2U);
  EXPECT_EQ(credentials->renewals, 1);
}

TEST_F(ClientTest, CannotRenewWhatItDoesNotHave) {
  transport.answers = {refused("ExpiredToken", 403)};

  EXPECT_TRUE(Client(session(), nullptr, "eu-west-1", "").query(describe, {}).failure);
  EXPECT_EQ(transport.requests.size(), 1U);
}

// ---- the deadline

TEST_F(ClientTest, StartsNothingAfterTheDeadline) {
  session().deadline = milliseconds(1000);
  clock.pass(milliseconds(1000));

  EXPECT_EQ(fault_of([this] { ask().value(); }),
            "remote: ec2 DescribeThings in eu-west-1 of account 111122223333: not asked: the time "
            "for the whole run is over");
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(ClientTest, DoesNotWaitBeyondTheDeadline) {
  session().deadline = milliseconds(1000);
  clock.luck = 0.9;

  EXPECT_EQ(attempts_at(replied(503, "")), 2U);  // 900 ms, then 1800 would be too many
  EXPECT_THAT(clock.sleeps, ElementsAre(900));
}

TEST_F(ClientTest, GivesARequestNoMoreTimeThanIsLeft) {
  session().deadline = milliseconds(1500);
  clock.luck = 0.9;
  transport.answers = {replied(503, ""), replied(200, "")};

  ask();

  EXPECT_EQ(transport.requests.at(0).timeout, milliseconds(1500));
  EXPECT_EQ(transport.requests.at(1).timeout, milliseconds(600));
}

}  // namespace
}  // namespace patchbot::aws
