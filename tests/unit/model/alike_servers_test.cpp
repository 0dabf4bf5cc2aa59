// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "model/deployment.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;

Target server(const std::string& id, std::optional<Time> launched) {
  Target one;
  one.id = id;
  one.ami = "ami-1";
  one.launched_at = launched;
  return one;
}

Time at(int hours) { return Time{} + std::chrono::hours(hours); }

TEST(AlikeServers, AreCountedWithTheirFirstAndLastLaunch) {
  AlikeServers some;
  for (const int hours : {5, 3, 9}) some.add(server("i-" + std::to_string(hours), at(hours)));
  EXPECT_EQ(some.ami, "ami-1");
  EXPECT_EQ(some.count, 3U);
  EXPECT_EQ(some.launched, std::make_pair(at(3), at(9)));
}

TEST(AlikeServers, OneUnknownLaunchLeavesTheRestUnknown) {
  AlikeServers first;
  first.add(server("i-1", std::nullopt));
  first.add(server("i-2", at(1)));
  EXPECT_FALSE(first.launched);

  AlikeServers last;
  last.add(server("i-1", at(1)));
  last.add(server("i-2", std::nullopt));
  last.add(server("i-3", at(2)));
  EXPECT_FALSE(last.launched);
}

TEST(AlikeServers, AreNamedOnlyWhereNothingElseNamesThem) {
  AlikeServers outside;
  outside.add(server("i-1", at(1)));
  outside.add(server("i-2", at(1)));
  EXPECT_FALSE(outside.belongs_somewhere());
  EXPECT_THAT(outside.ids, ElementsAre("i-1", "i-2"));

  AlikeServers inside;
  Target one = server("i-3", at(1));
  one.asg = "web";
  inside.add(one);
  EXPECT_TRUE(inside.belongs_somewhere());
  EXPECT_EQ(inside.group, "web");
  EXPECT_THAT(inside.ids, ElementsAre());
}

}  // namespace
}  // namespace patchbot
