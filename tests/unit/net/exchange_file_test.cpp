// SPDX-License-Identifier: Apache-2.0
#include "net/exchange_file.hpp"

#include <gtest/gtest.h>

#include "scripted.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::lost;
using test::replied;

HttpRequest request() {
  HttpRequest r;
  r.method = "POST";
  r.url = "https://ssm.eu-west-1.amazonaws.com/?token=S3CR3T";
  r.scope = "111122223333";
  r.headers = {{"Authorization", "S3CR3T"},
               {"x-amz-security-token", "S3CR3T"},
               {"x-AMZ-target", "AmazonSSM.DescribeInstanceInformation"},
               {"Content-Type", "application/x-amz-json-1.1"},
               {"Cookie", "session=S3CR3T"}};
  r.body = R"({"MaxResults":50})";
  return r;
}

TEST(ExchangeFile, KeepsWhatTellsRequestsApart) {
  const RecordedRequest recorded = recorded_form(request());

  EXPECT_EQ(recorded.method, "POST");
  EXPECT_EQ(recorded.url, "https://ssm.eu-west-1.amazonaws.com/?token=REDACTED");
  EXPECT_EQ(recorded.scope, "111122223333");
  EXPECT_EQ(recorded.target, "AmazonSSM.DescribeInstanceInformation");
  EXPECT_EQ(recorded.body, R"({"MaxResults":50})");
}

TEST(ExchangeFile, WritesAnExchange) {
  const HttpResponse response = replied(400,
                                        "the body lies elsewhere",
                                        {{"Content-Type", "application/x-amz-json-1.1"},
                                         {"Set-Cookie", "S3CR3T"},
                                         {"Retry-After", "3"},
                                         {"X-Amzn-ErrorType", "ThrottlingException"},
                                         {"Location", "https://h/?token=S3CR3T"}});

  EXPECT_EQ(exchange_to_json(recorded_form(request()), response),
            R"({
  "request": {
    "method": "POST",
    "url": "https://ssm.eu-west-1.amazonaws.com/?token=REDACTED",
    "scope": "111122223333",
    "target": "AmazonSSM.DescribeInstanceInformation",
    "body": "{\"MaxResults\":50}"
  },
  "response": {
    "status": 400,
    "headers": {
      "content-type": "application/x-amz-json-1.1",
      "retry-after": "3",
      "x-amzn-errortype": "ThrottlingException",
      "location": "https://h/?token=REDACTED"
    }
  }
}
)");
}

TEST(ExchangeFile, ComesBackAsItWas) {
  const HttpResponse response =
      replied(503, "", {{"retry-after", "1"}, {"x-amzn-requestid", "r"}, {"etag", "\"ü\\\x01\""}});
  const RecordedRequest asked = recorded_form(request());

  const RecordedExchange back = parse_exchange(exchange_to_json(asked, response));

  EXPECT_EQ(back.request, asked);
  EXPECT_EQ(back.response.status, 503);
  EXPECT_EQ(back.response.headers, response.headers);
}

TEST(ExchangeFile, KeepsAFailureBelowHttp) {
  HttpRequest get;
  get.url = "https://h/";

  const std::string text = exchange_to_json(recorded_form(get), lost("no route to host"));
  const RecordedExchange back = parse_exchange(text);

  EXPECT_EQ(back.response.status, 0);
  EXPECT_EQ(back.response.failure, "no route to host");
  EXPECT_EQ(text.find("headers"), std::string::npos);
  EXPECT_EQ(text.find("scope"), std::string::npos) << "what is empty is left out";
}

TEST(ExchangeFile, FindsARequestAgainWhateverItsBytes) {
  HttpRequest odd = request();
  odd.url = "https://h/\xFF\x01?q=\xC3";
  odd.body = std::string("a\0\xFF\r\nb\x1B", 7);
  odd.scope = "\xFE";
  odd.headers = {{"X-Amz-Target", "t\xFF"}};
  const RecordedRequest asked = recorded_form(odd);

  EXPECT_EQ(parse_exchange(exchange_to_json(asked, replied(200, ""))).request, asked);
}

TEST(ExchangeFile, TellsRequestsApartByEveryPart) {
  const RecordedRequest base{"POST", "u", "s", "t", "b"};
  const std::string key = key_of(base);
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(key_of(base), key);
  const RecordedRequest others[] = {{"GET", "u", "s", "t", "b"},
                                    {"POST", "U", "s", "t", "b"},
                                    {"POST", "u", "", "t", "b"},
                                    {"POST", "u", "s", "", "b"},
                                    {"POST", "u", "s", "t", ""},
                                    {"POST", "u", "st", "", "b"},
                                    {"POST", "us", "", "t", "b"}};
  for (const RecordedRequest& other : others) EXPECT_NE(key_of(other), key);
}

TEST(ExchangeFile, SaysWhatIsWrong) {
  const auto fault = [](const std::string& text) {
    return fault_of([&] { parse_exchange(text); });
  };

  EXPECT_EQ(fault(""), "usage: is no JSON object");
  EXPECT_EQ(fault("[1]"), "usage: is no JSON object");
  EXPECT_EQ(fault("{\"request\":"), "usage: is no JSON object");
  EXPECT_EQ(fault("{}"), "usage: \"request\" must be an object");
  EXPECT_EQ(fault(R"({"request":{}})"), "usage: \"response\" must be an object");
  EXPECT_EQ(fault(R"({"request":{},"response":[]})"), "usage: \"response\" must be an object");
  EXPECT_EQ(fault(R"({"request":{},"response":{}})"),
            "usage: \"response\" needs \"status\" or \"failure\"");
  EXPECT_EQ(fault(R"({"request":{"url":7},"response":{"status":200}})"),
            "usage: \"url\" must be a string");
  EXPECT_EQ(fault(R"({"request":{},"response":{"failure":7}})"),
            "usage: \"failure\" must be a string");
  EXPECT_EQ(fault(R"({"request":{},"response":{"status":200,"headers":[]}})"),
            "usage: \"headers\" must be an object");
  EXPECT_EQ(fault(R"({"request":{},"response":{"status":200,"headers":{"etag":1}}})"),
            "usage: \"etag\" must be a string");
  EXPECT_EQ(fault(R"({"request":{},"response":{"status":200}})"), "nothing");
}

TEST(ExchangeFile, TakesNoNumberForAStatusThatIsNone) {
  for (const char* status : {"\"200\"", "-1", "0", "99", "600", "200.5", "4294967496", "null"}) {
    EXPECT_EQ(
        fault_of([&] {
          parse_exchange(R"({"request":{},"response":{"status":)" + std::string(status) + "}}");
        }),
        "usage: \"status\" must be a number from 100 to 599")
        << status;
  }
}

TEST(RecordingHead, ComesBackAsItWas) {
  const RecordingHead head{*parse_rfc3339("2026-11-23T06:00:00Z"),
                           {{"AWS_REGION", "eu-west-1"}, {"AWS_ENDPOINT_URL", "http://h\"ü"}}};

  EXPECT_EQ(parse_recording_head(to_json(head)), head);
  EXPECT_EQ(to_json(RecordingHead{head.recorded_at, {}}),
            "{\n  \"schema\": \"patchbot.recording/1\",\n"
            "  \"recorded_at\": \"2026-11-23T06:00:00Z\",\n  \"settings\": {}\n}\n");
}

TEST(RecordingHead, SaysWhatIsWrong) {
  const auto fault = [](const std::string& text) {
    return fault_of([&] { parse_recording_head(text); });
  };
  const std::string begin = R"({"schema":"patchbot.recording/1","recorded_at":)";

  EXPECT_EQ(fault("nonsense"), "usage: is no JSON object");
  EXPECT_EQ(fault(R"({"schema":"patchbot.recording/2"})"),
            "usage: expected \"schema\": \"patchbot.recording/1\"");
  EXPECT_EQ(fault(begin + "\"today\"}"),
            "usage: \"recorded_at\" must be a time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(fault(begin + R"("2026-11-23T06:00:00Z","settings":7})"),
            "usage: \"settings\" must be an object");
  EXPECT_EQ(fault(begin + R"("2026-11-23T06:00:00Z","settings":{"A":7}})"),
            "usage: \"A\" must be a string");
  EXPECT_EQ(fault(begin + R"("2026-11-23T06:00:00Z"})"), "nothing");
}

}  // namespace
}  // namespace patchbot
