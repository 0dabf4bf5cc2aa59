// SPDX-License-Identifier: Apache-2.0
#include "net/retry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using test::lost;
using test::replied;
using testing::ElementsAre;
using testing::IsEmpty;

class Retry : public testing::Test {
 protected:
  HttpResponse ask(const Patience& patience = {}) {
    return exchange_patiently(transport, clock, HttpRequest(), patience);
  }

  test::ScriptedTransport transport;
  test::StepClock clock;
};

TEST_F(Retry, AsksOnceWhereTheAnswerIsGood) {
  transport.answers = {replied(200, "yes")};

  EXPECT_EQ(ask().body, "yes");
  EXPECT_EQ(transport.requests.size(), 1U);
  EXPECT_THAT(clock.sleeps, IsEmpty());
}

TEST_F(Retry, AsksAgainWhereThatMayHelp) {
  for (const int status : {429, 502, 503, 504}) {
    transport.answers = {replied(status, ""), replied(200, "yes")};
    EXPECT_EQ(ask().status, 200) << status;
  }
  transport.answers = {lost("connection reset"), replied(200, "yes")};
  EXPECT_EQ(ask().status, 200);
}

TEST_F(Retry, TakesEveryOtherAnswerAsItIs) {
  for (const int status : {204, 301, 400, 401, 403, 404, 500, 501, 505}) {
    transport.requests.clear();
    transport.answers = {replied(status, "")};
    EXPECT_EQ(ask().status, status);
    EXPECT_EQ(transport.requests.size(), 1U) << status;
  }
}

TEST_F(Retry, GivesUpAfterTheLastAttempt) {
  transport.answers = {replied(503, "1"), replied(503, "2"), replied(503, "3"), replied(200, "")};

  EXPECT_EQ(ask().body, "3");
  EXPECT_EQ(clock.sleeps.size(), 2U);
}

TEST_F(Retry, WaitsAtRandomUpToAFactorOfTwoLonger) {
  for (int i = 0; i < 7; ++i) transport.answers.push_back(replied(503, ""));
  clock.luck = 0.999;
  ask({7});
  EXPECT_THAT(clock.sleeps, ElementsAre(999, 1998, 3996, 7992, 15984, 15984));

  clock.sleeps.clear();
  clock.luck = 0;
  transport.answers = {replied(503, ""), replied(200, "")};
  ask();
  EXPECT_THAT(clock.sleeps, ElementsAre(0));
}

TEST_F(Retry, HeedsRetryAfterUpToAMinute) {
  const auto pause_for = [this](const std::string& value) {
    clock.sleeps.clear();
    transport.answers = {replied(503, "", {{"Retry-After", value}}), replied(200, "")};
    ask();
    return clock.sleeps.at(0);
  };

  EXPECT_EQ(pause_for("7"), 7000);
  EXPECT_EQ(pause_for("0"), 0);
  EXPECT_EQ(pause_for("3600"), 60'000);
  EXPECT_EQ(pause_for("-5"), 0);
  EXPECT_EQ(pause_for("Wed, 21 Oct 2026 07:28:00 GMT"), 500) << "dates are not understood";
  EXPECT_EQ(pause_for("99999999999999999999"), 500);
}

TEST_F(Retry, StartsNothingAfterTheDeadline) {
  clock.pass(milliseconds(1000));

  const HttpResponse response = ask({3, milliseconds(1000)});

  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.failure, "not asked: the time for the whole run is over");
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(Retry, DoesNotWaitBeyondTheDeadline) {
  transport.answers = {replied(503, "busy", {{"Retry-After", "5"}}), replied(200, "")};

  EXPECT_EQ(ask({3, milliseconds(5000)}).body, "busy");
  EXPECT_THAT(clock.sleeps, IsEmpty());
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(Retry, GivesARequestNoMoreTimeThanIsLeft) {
  transport.answers = {replied(503, "", {{"Retry-After", "3"}}), replied(200, "")};

  ask({3, milliseconds(5000)});

  EXPECT_EQ(transport.requests.at(0).timeout, milliseconds(5000));
  EXPECT_EQ(transport.requests.at(1).timeout, milliseconds(2000));
}

TEST(TroubleOf, NamesTheStatusOrTheFailure) {
  EXPECT_EQ(trouble_of(replied(503, "secret things")), "HTTP status 503");
  EXPECT_EQ(trouble_of(lost("no\nroute\x1B[2J")), "no route[2J");
}

}  // namespace
}  // namespace patchbot
