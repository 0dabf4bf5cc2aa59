// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "scripted.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

TEST(RefusedCredentials, AreFetchedAnewOnceHoweverManyAreToldSo) {
  test::StepClock clock;
  int fetches = 0;
  RefreshingSource source(clock, [&] {
    Credentials credentials;
    credentials.key_id = "K" + std::to_string(++fetches);
    credentials.secret = Secret("S3CR3T");
    return credentials;
  });
  const Credentials first = source.get();

  source.refuse(first);
  source.refuse(first);
  EXPECT_EQ(source.get().key_id, "K2");
  source.refuse(first);  // the answer to a call that began before
  EXPECT_EQ(source.get().key_id, "K2");
  source.refuse(source.get());
  EXPECT_EQ(source.get().key_id, "K3");
}

// Or every further refusal would ask a service that is down, once per request.
TEST(RefusedCredentials, AreNotFetchedAnewDuringThePauseAfterAFailure) {
  test::StepClock clock;
  int fetches = 0;
  RefreshingSource source(
      clock,
      [&] {
        if (++fetches > 1) throw Error(Blame::remote, "down");
        Credentials credentials;
        credentials.key_id = "K";
        credentials.secret = Secret("S3CR3T");
        return credentials;
      },
      RefreshingSource::Expired::use);
  const Credentials first = source.get();

  for (int i = 0; i < 3; ++i) {
    source.refuse(first);
    EXPECT_EQ(source.get().key_id, "K");
  }

  EXPECT_EQ(fetches, 2);
}

}  // namespace
}  // namespace patchbot::aws
