// SPDX-License-Identifier: Apache-2.0
#include "services/security_monkey.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using test::fault_of;
using test::lost;
using test::replied;
using test::sent_header;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const std::string unsigned_text =
    "not signed in, or without the role View; set PATCHBOT_SECURITY_MONKEY_USER and "
    "PATCHBOT_SECURITY_MONKEY_PASSWORD";

class SecurityMonkeyTest : public testing::Test {
 protected:
  void answer(std::string body, int status = 200, std::vector<HttpHeader> headers = {}) {
    transport.answers.push_back(replied(status, std::move(body), std::move(headers)));
  }

  std::vector<std::string> urls() const {
    std::vector<std::string> all;
    for (const HttpRequest& request : transport.requests) all.push_back(request.url);
    return all;
  }

  std::string ids(const std::vector<std::string>& accounts = {}) {
    std::string text;
    for (const auto& one : monkey.instances(accounts)) text += one.number + " ";
    return text;
  }

  /// The machine of an answer that holds this configuration.
  Target machine(const std::string& config) {
    answer(R"({"revisions":[{"id":1,"date_created":"2020"}]})");
    answer(R"({"config":)" + config + "}");
    return monkey.machine(item, "111122223333");
  }

  test::ScriptedTransport transport;
  test::StepClock clock;
  SecurityMonkey monkey{
      transport, clock, "https://monkey.example/base//", {3, milliseconds(60'000)}};
  const SecurityMonkey::Item item{"42", "web(i-1)", "prod", "eu-west-1"};
};

// ---- signing in

TEST_F(SecurityMonkeyTest, SignsInWithTheTokenOfThePage) {
  answer("<form>",
         200,
         {{"Set-Cookie", "session=one; Secure; HttpOnly"},
          {"set-cookie", "XSRF-COOKIE=tok+en==; Path=/"},
          {"Set-Cookie", "no value"}});
  answer("", 302, {{"Set-Cookie", "session=two; Secure"}});
  answer(R"({"items":[]})");

  monkey.login("me@example.org", Secret("p&w ü"));
  monkey.accounts();

  const HttpRequest& page = transport.requests.at(0);
  EXPECT_EQ(page.method, "GET");
  EXPECT_EQ(page.url, "https://monkey.example/base/login");
  EXPECT_TRUE(page.unrecorded);
  EXPECT_EQ(sent_header(page, "Cookie"), "(none)");
  const HttpRequest& form = transport.requests.at(1);
  EXPECT_EQ(form.method, "POST");
  EXPECT_EQ(form.url, "https://monkey.example/base/login");
  EXPECT_TRUE(form.unrecorded);
  EXPECT_EQ(form.body, "email=me%40example.org&password=p%26w%20%C3%BC&csrf_token=tok%2Ben%3D%3D");
  EXPECT_EQ(sent_header(form, "Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(sent_header(form, "X-CSRFToken"), "tok+en==");
  EXPECT_EQ(sent_header(form, "Referer"), "https://monkey.example/base/login");
  EXPECT_EQ(sent_header(form, "Cookie"), "XSRF-COOKIE=tok+en==; session=one");
  const HttpRequest& question = transport.requests.at(2);
  EXPECT_EQ(sent_header(question, "Cookie"), "XSRF-COOKIE=tok+en==; session=two");
  EXPECT_FALSE(question.unrecorded);
}

TEST_F(SecurityMonkeyTest, DoesNotSendAPasswordTwice) {
  answer("", 200, {{"Set-Cookie", "XSRF-COOKIE=t"}});
  answer("", 503);
  answer("", 302);

  const std::string fault = fault_of([this] { monkey.login("me", Secret("S3CR3T")); });

  EXPECT_EQ(fault, "remote: Security Monkey: signing in: HTTP status 503");
  EXPECT_EQ(transport.requests.size(), 2U);
}

TEST_F(SecurityMonkeyTest, SendsNoPasswordWhereThePageDoesNotAnswer) {
  transport.handler = [](const HttpRequest&) { return lost("no route to host"); };

  EXPECT_EQ(fault_of([this] { monkey.login("me", Secret("S3CR3T")); }),
            "remote: Security Monkey: signing in: no route to host");
  for (const HttpRequest& request : transport.requests) EXPECT_EQ(request.method, "GET");
}

TEST_F(SecurityMonkeyTest, SaysHowToSignInWhereItMust) {
  answer(R"({"auth":{"authenticated":false,"user":null}})", 401);
  EXPECT_EQ(fault_of([this] { monkey.accounts(); }),
            "remote: Security Monkey: the list of accounts: " + unsigned_text);
  answer("{}", 403);
  EXPECT_EQ(fault_of([this] { monkey.instances({}); }),
            "remote: Security Monkey: the list of instances: " + unsigned_text);
  answer("{}", 401);
  EXPECT_EQ(fault_of([this] { monkey.machine(item, ""); }),
            "remote: Security Monkey: web(i-1): " + unsigned_text);
}

// ---- lists

TEST_F(SecurityMonkeyTest, ListsAccounts) {
  answer(
      R"({"items":[{"name":"prod","identifier":"111122223333"},{"name":"odd","identifier":7}]})");

  const auto accounts = monkey.accounts();

  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0].name, "prod");
  EXPECT_EQ(accounts[0].id, "111122223333");
  EXPECT_EQ(accounts[1].id, "7");
  EXPECT_THAT(urls(), ElementsAre("https://monkey.example/base/api/1/accounts?count=10000"));
  EXPECT_EQ(transport.requests.at(0).label, "security-monkey /api/1/accounts");
}

TEST_F(SecurityMonkeyTest, AsksForPagesUntilThereAreNoMore) {
  answer(R"({"items":[{"id":1,"name":"a","account":"prod","region":"eu-west-1"},{"id":2}]})");
  answer(R"({"items":[{"id":3}]})");
  answer(R"({"message":"Page not found"})", 404);

  EXPECT_EQ(ids(), "1 2 3 ");

  const std::string base = "https://monkey.example/base/api/1/items?active=true&count=1000&page=";
  EXPECT_THAT(urls(),
              ElementsAre(base + "1&technologies=ec2instance",
                          base + "2&technologies=ec2instance",
                          base + "3&technologies=ec2instance"));
}

TEST_F(SecurityMonkeyTest, AsksForNoPageBeyondTheTotal) {
  answer(R"({"items":[{"id":1},{"id":2}],"total":3})");
  answer(R"({"items":[{"id":3}],"total":3})");

  EXPECT_EQ(ids(), "1 2 3 ");
  EXPECT_EQ(transport.requests.size(), 2U);
}

TEST_F(SecurityMonkeyTest, SeesThatAnEmptyPageIsNotAllThereIs) {
  answer(R"({"items":[],"total":17})");

  EXPECT_EQ(fault_of([this] { ids(); }),
            "remote: Security Monkey: the list of instances: holds 0 of 17");
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(SecurityMonkeyTest, TakesAMissingFirstPageForAFailure) {
  answer("", 404);

  EXPECT_EQ(fault_of([this] { ids(); }),
            "remote: Security Monkey: the list of instances: HTTP status 404");
}

TEST_F(SecurityMonkeyTest, AsksForSomeAccountsByName) {
  answer(R"({"items":[]})");

  ids({"prod", "a&b"});

  EXPECT_EQ(urls().at(0),
            "https://monkey.example/base/api/1/items?active=true&count=1000&page=1&technologies="
            "ec2instance&accounts=prod%2Ca%26b");
}

TEST_F(SecurityMonkeyTest, AsksAgainAfterATemporaryFailure) {
  answer("", 503);
  answer(R"({"items":[]})");

  EXPECT_EQ(ids(), "");
  EXPECT_THAT(clock.sleeps, ElementsAre(500));
}

TEST_F(SecurityMonkeyTest, SaysWhichAnswerIsNone) {
  answer("<html>");
  EXPECT_EQ(fault_of([this] { ids(); }),
            "remote: Security Monkey: the list of instances: the answer is no JSON object");
  answer("", 500);
  EXPECT_EQ(fault_of([this] { monkey.accounts(); }),
            "remote: Security Monkey: the list of accounts: HTTP status 500");
}

// ---- machines

TEST_F(SecurityMonkeyTest, ReadsTheNewestRevision) {
  answer(R"({"item":{},"revisions":[{"id":7,"date_created":"2020-01-02 00:00:00"},
            {"id":9,"date_created":"2020-03-01 00:00:00"},
            {"id":8,"date_created":"2020-02-01 00:00:00"}]})");
  answer(R"({"config":{"instance_id":"i-1","image_id":"ami-1","vpc_id":"vpc-1",
            "state":{"Code":16,"Name":"running"},"launch_time":"2020-01-02T03:04:05.000Z",
            "private_ip_address":"10.0.0.1","public_ip_address":"52.0.0.1",
            "tags":[{"Key":"team","Value":"web"},{"Key":"Name","Value":"web-1"},
                    {"Key":"aws:autoscaling:groupName","Value":"group"},
                    {"Key":"aws:cloudformation:stack-name","Value":"stack"}]}})");

  const Target target = monkey.machine(item, "111122223333");

  EXPECT_THAT(urls(),
              ElementsAre("https://monkey.example/base/api/1/items/42",
                          "https://monkey.example/base/api/1/revisions/9"));
  EXPECT_EQ(target.id, "i-1");
  EXPECT_EQ(target.account, "111122223333");
  EXPECT_EQ(target.region, "eu-west-1");
  EXPECT_EQ(target.vpc, "vpc-1");
  EXPECT_EQ(target.ami, "ami-1");
  EXPECT_EQ(target.state, "running");
  EXPECT_EQ(target.launched_at, parse_rfc3339("2020-01-02T03:04:05Z"));
  EXPECT_THAT(target.addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(target.public_addresses, ElementsAre("52.0.0.1"));
  EXPECT_EQ(target.exposed, true);
  EXPECT_EQ(target.name, "web-1");
  EXPECT_EQ(target.asg, "group");
  EXPECT_EQ(target.stack, "stack");
  EXPECT_EQ(target.tags.at(0).first, "Name");
}

TEST_F(SecurityMonkeyTest, DoesNotMindWhatIsNull) {
  const Target target = machine(
      R"({"instance_id":"i-1","tags":null,"state":null,"private_ip_address":null,
          "public_ip_address":null,"launch_time":null,"vpc_id":null})");

  Target bare;
  bare.id = "i-1";
  bare.account = "111122223333";
  bare.region = "eu-west-1";
  EXPECT_EQ(target, bare);
}

TEST_F(SecurityMonkeyTest, KnowsNoExposureWithoutAPublicAddress) {
  EXPECT_EQ(machine(R"({"instance_id":"i-1","private_ip_address":"10.0.0.1"})").exposed,
            std::nullopt);
}

TEST_F(SecurityMonkeyTest, SaysWhichMachineItDoesNotKnow) {
  const auto fault = [this] { return fault_of([this] { monkey.machine(item, "111122223333"); }); };

  answer(R"({"revisions":[]})");
  EXPECT_EQ(fault(), "remote: Security Monkey: web(i-1): has no revision");
  EXPECT_EQ(fault_of([this] { machine("null"); }),
            "remote: Security Monkey: web(i-1): what it remembers names no instance");
  EXPECT_EQ(fault_of([this] { machine(R"({"instance_id":7e1})"); }),
            "remote: Security Monkey: web(i-1): what it remembers names no instance");
  answer("", 404);
  EXPECT_EQ(fault(), "remote: Security Monkey: web(i-1): HTTP status 404");
}

}  // namespace
}  // namespace patchbot
