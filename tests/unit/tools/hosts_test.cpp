// SPDX-License-Identifier: Apache-2.0
#include "hosts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;

Target machine(const std::string& id, const std::string& address) {
  Target t;
  t.id = id;
  t.addresses = {address};
  t.account = "1";
  t.region = "eu";
  t.team = "web";
  t.service = "shop";
  return t;
}

ScannedHost host(const std::string& name, const std::string& address = {}) {
  ScannedHost h;
  h.name = name;
  h.address = address;
  return h;
}

TEST(HostTable, JoinsAHostWithItsTarget) {
  const Inventory inventory{.targets = {machine("i-1", "10.0.0.1")}};
  HostTable table(inventory, GroupBy::asset);

  const HostRecord& record = table[table.note(host("10.0.0.1"))];

  EXPECT_EQ(record.asset_id, "1/eu/shop");
  EXPECT_EQ(record.class_part, "shop");
  EXPECT_EQ(record.team(), "web");
  EXPECT_EQ(record.service(), "shop");
  EXPECT_EQ(record.asset(), (Asset{"1/eu/shop", "10.0.0.1", "", "i-1", "1", "eu"}));
  EXPECT_THAT(table.reached(), ElementsAre(true));
}

TEST(HostTable, CallsAStrangerByItsNameAndUnowned) {
  const Inventory inventory;
  HostTable table(inventory, GroupBy::asset);

  const HostRecord& record = table[table.note(host("web.example", "10.0.0.1"))];

  EXPECT_EQ(record.team(), "unowned");
  EXPECT_EQ(record.environment(), "");
  EXPECT_EQ(record.asset_id, "web.example");
  EXPECT_EQ(record.class_part, "web_example");
  EXPECT_FALSE(record.ambiguous);
}

TEST(HostTable, KnowsAMachineAgainAndMergesItsEvidence) {
  const Inventory inventory{.targets = {machine("i-1", "10.0.0.1")}};
  HostTable table(inventory, GroupBy::asset);
  ScannedHost named = host("web-7", "10.0.0.1");
  named.authenticated = true;
  ScannedHost again = host("10.0.0.1");
  again.authenticated = false;
  again.finished = false;

  EXPECT_EQ(table.note(named), table.note(again));

  EXPECT_EQ(table.all().size(), 1U);
  EXPECT_EQ(table.all()[0].authenticated, true);
  EXPECT_EQ(table.all()[0].finished, false);
  EXPECT_TRUE(table.knows("WEB-7."));
  EXPECT_TRUE(table.knows("::ffff:10.0.0.1"));
  EXPECT_FALSE(table.knows("10.0.0.2"));
}

TEST(HostTable, KeepsStrangersWithOneNameAndTwoAddressesApart) {
  const Inventory inventory;
  HostTable table(inventory, GroupBy::asset);

  EXPECT_NE(table.note(host("a", "10.0.0.1")), table.note(host("a", "10.0.0.2")));
}

TEST(HostTable, ReachesNoMachineThroughItsRange) {
  Target range;
  range.addresses = {"10.0.0.0/24"};
  range.is_range = true;
  range.team = "lab";
  const Inventory inventory{.targets = {range}};
  HostTable table(inventory, GroupBy::asset);

  const HostRecord& record = table[table.note(host("10.0.0.9"))];

  EXPECT_EQ(record.team(), "lab");
  EXPECT_EQ(record.asset_id, "10.0.0.9");
  EXPECT_THAT(table.reached(), ElementsAre(false));
}

TEST(HostTable, GroupsByHostIfAsked) {
  const Inventory inventory{.targets = {machine("i-1", "10.0.0.1")}};
  HostTable table(inventory, GroupBy::host);

  const HostRecord& record = table[table.note(host("10.0.0.1"))];

  EXPECT_EQ(record.asset_id, "i-1");
  EXPECT_EQ(record.class_part, "10_0_0_1");
}

TEST(HostTable, SaysThatAnAddressIsAmbiguous) {
  Inventory inventory{.targets = {machine("i-1", "10.0.0.1"), machine("i-2", "10.0.0.1")}};
  inventory.targets[1].team = "pay";
  HostTable table(inventory, GroupBy::asset);

  EXPECT_TRUE(table[table.note(host("10.0.0.1"))].ambiguous);
}

std::vector<std::string> labels(const Inventory& inventory) {
  HostTable table(inventory, GroupBy::asset);
  std::vector<std::string> parts;
  for (const Target& t : inventory.targets)
    parts.push_back(table[table.note(host(t.addresses.at(0)))].class_part);
  return parts;
}

TEST(HostTable, NamesServicesByARuleThatDoesNotDependOnOtherEnvironments) {
  Inventory inventory{.targets = {machine("i-1", "10.0.0.1"), machine("i-2", "10.0.0.2")}};
  EXPECT_THAT(labels(inventory), ElementsAre("shop", "shop"));

  inventory.targets[0].environment = "staging";
  inventory.targets[1].environment = "production";
  EXPECT_THAT(labels(inventory), ElementsAre("shop-staging", "shop"));

  inventory.targets.push_back(machine("i-3", "10.0.0.3"));
  inventory.targets[2].environment = "production";
  inventory.targets[2].region = "us";
  EXPECT_THAT(labels(inventory), ElementsAre("shop-staging", "shop-eu", "shop-us"));
}

TEST(HostTable, NamesRegionsAndAccountsOfOneEnvironment) {
  Inventory inventory{.targets = {machine("i-1", "10.0.0.1"), machine("i-2", "10.0.0.2")}};
  inventory.targets[1].region = "us";
  EXPECT_THAT(labels(inventory), ElementsAre("shop-eu", "shop-us"));

  inventory.targets[1].region = "eu";
  inventory.targets[1].account = "2";
  EXPECT_THAT(labels(inventory), ElementsAre("shop-1", "shop-2"));
}

TEST(ClassNamePart, HasNoDotsAndIsNeverEmpty) {
  EXPECT_EQ(class_name_part("10.0.0.1"), "10_0_0_1");
  EXPECT_EQ(class_name_part(""), "unknown");
}

}  // namespace
}  // namespace patchbot
