// SPDX-License-Identifier: Apache-2.0
#include "services/aws/failure.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "scripted.hpp"

namespace patchbot::aws {
namespace {

using test::lost;
using test::replied;

std::string told(const HttpResponse& response) {
  const Failure f = parse_failure(response);
  return std::to_string(f.status) + "|" + f.code + "|" + f.message + "|" + f.request_id;
}

TEST(Failure, ReadsEc2) {
  EXPECT_EQ(
      told(replied(503,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request "
                   "limit exceeded.</Message></Error></Errors><RequestID>r-1</RequestID>"
                   "</Response>")),
      "503|RequestLimitExceeded|Request limit exceeded.|r-1");
}

TEST(Failure, ReadsTheQueryServices) {
  EXPECT_EQ(
      told(replied(400,
                   "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                   "<Type>Sender</Type><Code>Throttling</Code><Message>Rate &amp; more"
                   "</Message></Error><RequestId>r-2</RequestId></ErrorResponse>")),
      "400|Throttling|Rate & more|r-2");
}

TEST(Failure, ReadsS3) {
  EXPECT_EQ(told(replied(404,
                         "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist."
                         "</Message><Key>k</Key><RequestId>r-3</RequestId></Error>",
                         {{"x-amz-request-id", "r-head"}})),
            "404|NoSuchKey|The specified key does not exist.|r-head");
}

TEST(Failure, ReadsWhatMotoMixes) {
  EXPECT_EQ(
      told(replied(403,
                   "<ErrorResponse><Errors><Error><Code>SignatureDoesNotMatch</Code><Message>m"
                   "</Message></Error></Errors><RequestId>request-id</RequestId>"
                   "</ErrorResponse>",
                   {{"Content-Type", "application/x-amz-json-1.1"}})),
      "403|SignatureDoesNotMatch|m|request-id");
  EXPECT_EQ(
      told(replied(400,
                   "\n  <r:ErrorResponse xmlns:r=\"u\"><r:Error><r:Code><![CDATA[A&B]]></r:Code>"
                   "<r:Message/></r:Error></r:ErrorResponse>\n")),
      "400|A&B||");
}

TEST(Failure, ReadsJson) {
  EXPECT_EQ(told(replied(400,
                         R"({"__type":"com.amazonaws.ssm#ThrottlingException","message":"slow"})",
                         {{"x-amzn-RequestId", "r-4"}})),
            "400|ThrottlingException|slow|r-4");
  EXPECT_EQ(told(replied(400, R"( {"__type":"AccessDeniedException:http://x/","Message":"no"})")),
            "400|AccessDeniedException|no|");
  EXPECT_EQ(told(replied(400, R"({"code":"C","errorMessage":"lambda"})")), "400|C|lambda|");
  EXPECT_EQ(told(replied(400, R"({"Code":"C"})")), "400|C||");
  EXPECT_EQ(told(replied(400, R"({"__type":"a:b#C"})")), "400|a||") << "cut at ':' first";
}

TEST(Failure, ReadsRestJson) {
  EXPECT_EQ(told(replied(403,
                         R"({"message":"not for you","__type":"Other"})",
                         {{"x-amzn-ErrorType", "AccessDeniedException:http://internal/coral/"}})),
            "403|AccessDeniedException|not for you|");
  EXPECT_EQ(told(replied(500, "", {{"x-amzn-errortype", "ns#InternalServerException"}})),
            "500|InternalServerException||");
}

TEST(Failure, DoesNotMindWrongTypes) {
  EXPECT_EQ(
      told(replied(400, R"({"__type":7,"message":[],"Message":{"a":1},"code":null,"Code":"C"})")),
      "400|C||");
}

TEST(Failure, TellsWhatCameInstead) {
  EXPECT_EQ(told(replied(502, "")), "502||an empty answer|");
  EXPECT_EQ(told(replied(502, "\x05 \n")), "502||an empty answer|");
  EXPECT_EQ(told(replied(400, "Bad\r\n\x1B[31mRequest")),
            "400||an answer that is not AWS's: Bad [31mRequest|");
  EXPECT_EQ(told(replied(400, "[1,2]")), "400||an answer that is not AWS's: [1,2]|");
  EXPECT_EQ(told(replied(400, "{\"__type\":\"Thro")),
            "400||an answer that is not AWS's: {\"__type\":\"Thro|");
  EXPECT_EQ(told(replied(400, "<Response><Errors><Error><Code>A</Code>")),
            "400||an answer that is not AWS's: <Response><Errors><Error><Code>A</Code>|");
  EXPECT_EQ(told(replied(400, "<Response/>")), "400||an answer that is not AWS's: <Response/>|");
  EXPECT_EQ(told(replied(400, "{}")), "400||an answer that is not AWS's: {}|");
}

TEST(Failure, SaysThatHtmlIsNoAnswerOfAws) {
  const std::string html =
      "||a page of HTML, which is not how AWS answers: a proxy, or a test server that lacks this "
      "call|";

  EXPECT_EQ(told(replied(500, "<!DOCTYPE html><title>500</title>")), "500" + html);
  EXPECT_EQ(told(replied(503, " <HTML><body>busy")), "503" + html);
  EXPECT_EQ(told(replied(500, "{\"a\":1", {{"Content-Type", "text/html; charset=utf-8"}})),
            "500" + html);
  EXPECT_EQ(told(replied(500, "<x/>", {{"content-type", "Text/HTML"}})), "500" + html);
}

TEST(Failure, IsCleanAndBoundedWhateverCame) {
  const std::string junk(100'000, '\xFF');
  const std::string long_text(100'000, 'x');
  for (const HttpResponse& response :
       {replied(400, junk),
        replied(400, "{\"message\":\"" + std::string(499, 'x') + " y\"}"),
        replied(400, "{\"message\":\"" + long_text + "\",\"__type\":\"" + long_text + "\"}"),
        replied(400,
                "<Error><Code>" + long_text + "</Code><Message>" + long_text +
                    "</Message><RequestId>" + long_text + "</RequestId></Error>"),
        replied(400, "", {{"x-amzn-errortype", junk}, {"x-amzn-requestid", junk}}),
        replied(400, std::string(100'000, '{')),
        replied(400, "<a>" + std::string(100'000, '<')),
        lost(junk)}) {
    const Failure failure = parse_failure(response);
    for (const std::string& text : {failure.code, failure.message, failure.request_id}) {
      EXPECT_LE(text.size(), 600U);
      EXPECT_EQ(clean_line(text), text);
    }
    EXPECT_FALSE(failure.code.empty() && failure.message.empty());
  }
}

TEST(Failure, BelowHttpIsAFailureWithoutACode) {
  EXPECT_EQ(told(lost("no route\nto host")), "0||no route to host|");
}

bool transient(const HttpResponse& response) {
  return is_transient(parse_failure(response), response);
}

HttpResponse coded(int status, const std::string& code) {
  return replied(status, "<Error><Code>" + code + "</Code></Error>");
}

TEST(Failure, IsThrottlingByEveryKindOfCode) {
  for (const char* code : {"Throttling",
                           "ThrottlingException",
                           "ThrottledException",
                           "RequestThrottledException",
                           "RequestThrottled",
                           "TooManyRequestsException",
                           "ProvisionedThroughputExceededException",
                           "TransactionInProgressException",
                           "RequestLimitExceeded",
                           "BandwidthLimitExceeded",
                           "LimitExceededException",
                           "SlowDown",
                           "PriorRequestNotComplete",
                           "EC2ThrottledException"}) {
    EXPECT_TRUE(is_throttling(parse_failure(coded(400, code)))) << code;
    EXPECT_TRUE(transient(coded(400, code))) << code;
  }
  EXPECT_TRUE(is_throttling(parse_failure(replied(429, ""))));
  EXPECT_FALSE(is_throttling(parse_failure(coded(503, "Unavailable"))));
}

TEST(Failure, IsTransientWhereTheServiceMayRecover) {
  for (const int status : {429, 500, 502, 503, 504}) EXPECT_TRUE(transient(replied(status, "")));
  for (const char* code : {"RequestTimeout", "RequestTimeoutException", "InternalError"}) {
    EXPECT_TRUE(transient(coded(400, code))) << code;
  }
  EXPECT_TRUE(transient(lost("connection reset")));
  EXPECT_TRUE(transient(replied(500, R"({"__type":"InternalServerException"})")));
  EXPECT_TRUE(transient(replied(503, "<html>busy</html>"))) << "a load balancer";
}

TEST(Failure, IsFinalElsewhere) {
  for (const int status : {301, 400, 401, 403, 404, 409, 501, 505}) {
    EXPECT_FALSE(transient(replied(status, ""))) << status;
  }
  EXPECT_FALSE(transient(coded(403, "AccessDenied")));
  EXPECT_FALSE(transient(replied(500, "<!doctype html>")));
  EXPECT_FALSE(transient(replied(500, "x", {{"Content-Type", "text/html"}})));
}

TEST(Failure, KnowsCredentialsThatHaveExpired) {
  for (const char* code :
       {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}) {
    EXPECT_TRUE(is_expired_credentials(parse_failure(coded(403, code)))) << code;
  }
  for (const char* code : {"AccessDenied", "InvalidClientTokenId", "AuthFailure", ""}) {
    EXPECT_FALSE(is_expired_credentials(parse_failure(coded(403, code)))) << code;
  }
}

}  // namespace
}  // namespace patchbot::aws
