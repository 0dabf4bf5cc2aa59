// SPDX-License-Identifier: Apache-2.0
#include "services/aws/refreshing_source.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <thread>

#include "credential_fakes.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::fault_of;

class RefreshingSourceTest : public testing::Test {
 protected:
  Credentials fetch() {
    ++fetches;
    if (down) throw Error(Blame::remote, "down");
    Credentials credentials;
    credentials.key_id = "K" + std::to_string(fetches);
    credentials.secret = Secret("s");
    credentials.origin = "the test";
    if (life) credentials.expires = clock.now() + *life;
    return credentials;
  }

  std::shared_ptr<RefreshingSource> source(
      RefreshingSource::Expired expired = RefreshingSource::Expired::refuse) {
    return std::make_shared<RefreshingSource>(
        clock, [this] { return fetch(); }, expired);
  }

  test::FakeClock clock;
  std::optional<seconds> life = minutes(60);
  bool down = false;
  int fetches = 0;
};

TEST_F(RefreshingSourceTest, KeepsCredentialsUntilAQuarterOfAnHourIsLeft) {
  const auto keys = source();

  EXPECT_EQ(keys->get().key_id, "K1");
  clock.pass(minutes(45) - seconds(1));
  EXPECT_EQ(keys->get().key_id, "K1");
  clock.pass(seconds(1));
  EXPECT_EQ(keys->get().key_id, "K2");
  EXPECT_EQ(keys->get().key_id, "K2");
}

TEST_F(RefreshingSourceTest, KeepsCredentialsWithoutAnEndForEver) {
  life.reset();
  const auto keys = source();

  keys->get();
  clock.pass(std::chrono::hours(10'000));

  EXPECT_EQ(keys->get().key_id, "K1");
}

TEST_F(RefreshingSourceTest, RenewsShortOnesAtHalfTheirLife) {
  life = minutes(10);
  const auto keys = source();

  keys->get();
  clock.pass(minutes(5) - seconds(1));
  EXPECT_EQ(keys->get().key_id, "K1");
  clock.pass(seconds(1));
  EXPECT_EQ(keys->get().key_id, "K2");
}

TEST_F(RefreshingSourceTest, KeepsTheOldOnesWhileTheyAreValidAndTriesAgainHalfAMinuteLater) {
  const auto keys = source();
  keys->get();
  down = true;

  clock.pass(minutes(55));
  EXPECT_EQ(keys->get().key_id, "K1");
  EXPECT_EQ(keys->get().key_id, "K1");
  EXPECT_EQ(fetches, 2);
  clock.pass(seconds(30));
  EXPECT_EQ(keys->get().key_id, "K1");
  EXPECT_EQ(fetches, 3);
  clock.pass(minutes(5));
  EXPECT_EQ(fault_of([&] { keys->get(); }), "remote: down");
  clock.pass(seconds(30));
  down = false;
  EXPECT_EQ(keys->get().key_id, "K5");
}

TEST_F(RefreshingSourceTest, FailsTheSameWayForHalfAMinuteWithoutAsking) {
  down = true;
  const auto keys = source();

  EXPECT_EQ(fault_of([&] { keys->get(); }), "remote: down");
  EXPECT_EQ(fault_of([&] { keys->get(); }), "remote: down");
  EXPECT_EQ(fetches, 1);
  down = false;
  clock.pass(seconds(30));
  EXPECT_EQ(keys->get().key_id, "K2");
}

TEST_F(RefreshingSourceTest, UsesExpiredOnesOfAnInstanceThatIsDown) {
  const auto keys = source(RefreshingSource::Expired::use);
  keys->get();
  down = true;

  clock.pass(minutes(600));
  EXPECT_EQ(keys->get().key_id, "K1");
  EXPECT_EQ(keys->get().key_id, "K1");
  EXPECT_EQ(fetches, 2);
  down = false;
  clock.pass(seconds(30));
  EXPECT_EQ(keys->get().key_id, "K3");
}

TEST_F(RefreshingSourceTest, UsesOnesThatComeExpiredOnlyFromAnInstance) {
  life = seconds(-5);

  EXPECT_EQ(source(RefreshingSource::Expired::use)->get().key_id, "K1");
  EXPECT_EQ(fault_of([&] { source()->get(); }),
            "remote: the credentials from the test have already expired when they come; is this "
            "machine's clock right?");
}

TEST_F(RefreshingSourceTest, RenewsWhenAServiceSaysSo) {
  const auto keys = source();
  keys->get();

  keys->renew();
  EXPECT_EQ(keys->get().key_id, "K2");
  EXPECT_EQ(keys->get().key_id, "K2");

  down = true;
  keys->renew();
  EXPECT_EQ(fault_of([&] { keys->get(); }), "remote: down");
}

TEST_F(RefreshingSourceTest, RefusesWhatNoHeaderMayHold) {
  for (const std::string& bad :
       std::vector<std::string>{"a\nb", "a b", "a\r", "\x80", std::string(1, '\0')}) {
    Credentials credentials{"K", Secret("S3CR3T" + bad), {}, {}, "the test"};
    EXPECT_EQ(fault_of([&] { fixed_source(clock, credentials); }),
              "usage: the credentials from the test hold a blank, a line end or another character "
              "that no key has");
    RefreshingSource keys(clock, [&] { return credentials; });
    EXPECT_EQ(fault_of([&] { keys.get(); }),
              "usage: the credentials from the test hold a blank, a line end or another character "
              "that no key has");
  }
}

TEST_F(RefreshingSourceTest, FixedOnesExpireForGood) {
  const auto keys =
      fixed_source(clock, {"K", Secret("s"), {}, clock.now() + minutes(1), "the test"});

  EXPECT_EQ(keys->get().key_id, "K");
  clock.pass(minutes(1));
  EXPECT_EQ(fault_of([&] { keys->get(); }),
            "usage: the credentials from the test have expired at 2026-01-02T00:01:00Z");
}

// A fetch that the test can hold up in the middle.
struct Gate {
  void arrive_and_wait() {
    arrived.set_value();
    opened.get_future().wait();
  }
  std::promise<void> arrived;
  std::promise<void> opened;
};

TEST_F(RefreshingSourceTest, AsksOnceForAllWhoWait) {
  Gate gate;
  RefreshingSource keys(clock, [&] {
    gate.arrive_and_wait();
    return fetch();
  });
  const auto get = [&] { return keys.get().key_id; };

  auto first = std::async(std::launch::async, get);
  gate.arrived.get_future().wait();
  std::vector<std::future<std::string>> others;
  for (int i = 0; i < 4; ++i) others.push_back(std::async(std::launch::async, get));
  gate.opened.set_value();

  EXPECT_EQ(first.get(), "K1");
  for (auto& other : others) EXPECT_EQ(other.get(), "K1");
  EXPECT_EQ(fetches, 1);
}

TEST_F(RefreshingSourceTest, FailsOnceForAllWhoWait) {
  down = true;
  Gate gate;
  RefreshingSource keys(clock, [&] {
    gate.arrive_and_wait();
    return fetch();
  });
  const auto get = [&] { return fault_of([&] { keys.get(); }); };

  auto first = std::async(std::launch::async, get);
  gate.arrived.get_future().wait();
  auto second = std::async(std::launch::async, get);
  gate.opened.set_value();

  EXPECT_EQ(first.get(), "remote: down");
  EXPECT_EQ(second.get(), "remote: down");
  EXPECT_EQ(fetches, 1);
}

TEST_F(RefreshingSourceTest, LetsTheOthersGoOnWhileOneRenewsEarly) {
  std::optional<Gate> gate;
  RefreshingSource keys(clock, [&] {
    if (gate) gate->arrive_and_wait();
    return fetch();
  });
  keys.get();
  clock.pass(minutes(48));
  gate.emplace();

  auto renewing = std::async(std::launch::async, [&] { return keys.get().key_id; });
  gate->arrived.get_future().wait();
  EXPECT_EQ(keys.get().key_id, "K1");
  gate->opened.set_value();

  EXPECT_EQ(renewing.get(), "K2");
  EXPECT_EQ(keys.get().key_id, "K2");
}

}  // namespace
}  // namespace patchbot::aws
