// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/rate_limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::replied;

class RateLimits : public testing::Test {
 protected:
  HttpResponse ask(milliseconds deadline = std::chrono::hours(1)) {
    return RateLimitedTransport(transport, clock, deadline).exchange({});
  }
  std::string in(long after) {
    return std::to_string(clock.now().time_since_epoch().count() + after);
  }

  test::ScriptedTransport transport;
  test::StepClock clock;
};

TEST_F(RateLimits, WaitsAsLongAsItIsTold) {
  transport.answers = {
      replied(429, "", {{"Retry-After", "7"}}),
      replied(403, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", in(100)}}),
      replied(429, ""),
      replied(200, "done")};
  EXPECT_EQ(ask().body, "done");
  // By then seven of the hundred seconds are over; one is added for the clocks.
  EXPECT_THAT(clock.sleeps, testing::ElementsAre(7'000, 94'000, 60'000));
}

TEST_F(RateLimits, ARightThatLacksIsNoLimit) {
  transport.answers = {replied(403, "no", {{"x-ratelimit-remaining", "4999"}})};
  EXPECT_EQ(ask().body, "no");
  EXPECT_TRUE(clock.sleeps.empty());
}

TEST_F(RateLimits, ALongPauseIsAFailureWithItsEnd) {
  transport.answers = {replied(429, "", {{"Retry-After", "3600"}})};
  const HttpResponse response = ask();
  EXPECT_EQ(response.status, 0);
  EXPECT_TRUE(response.hopeless);
  EXPECT_THAT(response.failure, testing::HasSubstr("none before 2026-01-02T04:04:05Z"));
  EXPECT_TRUE(clock.sleeps.empty());
}

TEST_F(RateLimits, NotBeyondTheDeadline) {
  transport.answers = {replied(429, "", {{"Retry-After", "30"}})};
  EXPECT_TRUE(ask(seconds(30)).hopeless);
  EXPECT_TRUE(clock.sleeps.empty());
}

TEST_F(RateLimits, NotForEver) {
  for (int i = 0; i < 20; ++i)
    transport.answers.push_back(replied(429, "", {{"Retry-After", "1"}}));
  EXPECT_TRUE(ask().hopeless);
  EXPECT_EQ(clock.sleeps.size(), 4U);
}

TEST_F(RateLimits, NumbersThatAreNoTimes) {
  for (const char* text : {"-5", "99999999999999999", "soon"}) {
    const auto pause = limit_pause(
        replied(429, "", {{"Retry-After", text}, {"x-ratelimit-reset", text}}), clock.now());
    ASSERT_TRUE(pause);
    EXPECT_GE(pause->count(), 0);
    EXPECT_LE(*pause, std::chrono::hours(24 * 366));
  }
}

}  // namespace
}  // namespace patchbot
