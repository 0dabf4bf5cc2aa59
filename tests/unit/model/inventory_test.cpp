// SPDX-License-Identifier: Apache-2.0
#include "model/inventory.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Target everything() {
  Target t;
  t.id = "i-1";
  t.account = "111122223333";
  t.region = "eu-west-1";
  t.addresses = {"10.0.0.1"};
  t.ami_name = "web-2026.11.20-1432";
  t.asg = "shop-asg";
  t.service = "shop";
  return t;
}

TEST(AssetId, TakesTheMostStableThingThatIsKnown) {
  Target t = everything();
  EXPECT_EQ(asset_id(t), "111122223333/eu-west-1/shop");
  t.service.clear();
  EXPECT_EQ(asset_id(t), "111122223333/eu-west-1/shop-asg");
  t.asg.clear();
  EXPECT_EQ(asset_id(t), "111122223333/eu-west-1/web");
  t.ami_name.clear();
  EXPECT_EQ(asset_id(t), "111122223333/eu-west-1/i-1");
  t.id.clear();
  EXPECT_EQ(asset_id(t), "10.0.0.1");
  t.addresses.clear();
  t.name = "web-7";
  EXPECT_EQ(asset_id(t), "web-7");
}

TEST(AssetId, LeavesOutWhatIsUnknown) {
  Target t = everything();
  t.account.clear();
  EXPECT_EQ(asset_id(t), "eu-west-1/shop");
}

TEST(AssetId, IsTheSameForEveryBakeOfAnAmiFamily) {
  const auto id_for = [](const char* ami_name) {
    Target t;
    t.ami_name = ami_name;
    return asset_id(t);
  };

  EXPECT_EQ(id_for("web-20261120"), "web");
  EXPECT_EQ(id_for("web_2026-11-27"), "web");
  EXPECT_EQ(id_for("al2-base 2026"), "al2-base");
  EXPECT_EQ(id_for("web"), "web");
  EXPECT_EQ(id_for("20261120"), "20261120");
  EXPECT_EQ(id_for("-1"), "-1");
}

TEST(AmiFamily, IsWhatTheBakesOfAnImageHaveInCommon) {
  EXPECT_EQ(ami_family("web-2026.11.20-1432"), "web");
  EXPECT_EQ(ami_family("ubuntu-22.04-web-7"), "ubuntu-22.04-web");
  EXPECT_EQ(ami_family("20261120"), "20261120");
  EXPECT_EQ(ami_family(""), "");
}

TEST(FindTag, PrefersTheExactKey) {
  const Tags tags{{"TEAM", "a"}, {"Team", "b"}, {"team", "c"}};

  EXPECT_EQ(*find_tag(tags, "Team"), "b");
  EXPECT_EQ(*find_tag(tags, "tEAM"), "a");
  EXPECT_EQ(find_tag(tags, "teams"), nullptr);
  EXPECT_EQ(find_tag({}, ""), nullptr);
}

TEST(DisplayName, NamesEverythingOnce) {
  Target t;
  t.id = "i-1";
  t.name = "web-7";
  t.addresses = {"10.0.0.1", "10.0.0.2"};
  EXPECT_EQ(display_name(t), "i-1 web-7 10.0.0.1");
  t.id.clear();
  t.name.clear();
  EXPECT_EQ(display_name(t), "10.0.0.1");
  t.name = "10.0.0.1";
  EXPECT_EQ(display_name(t), "10.0.0.1");
}

}  // namespace
}  // namespace patchbot
