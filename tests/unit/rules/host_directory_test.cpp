// SPDX-License-Identifier: Apache-2.0
#include "rules/host_directory.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Target machine(const std::string& id, const std::string& address, const std::string& team = "web") {
  Target t;
  t.id = id;
  t.addresses = {address};
  t.team = team;
  return t;
}

Target range(const std::string& text) {
  Target t;
  t.addresses = {text};
  t.is_range = true;
  return t;
}

ScannedHost host(const std::string& name, const std::string& address = {}) {
  ScannedHost h;
  h.name = name;
  h.address = address;
  return h;
}

// "1", "none" or "ambiguous".
std::string found(const Inventory& inventory, const ScannedHost& h) {
  const auto match = HostDirectory(inventory).find(h);
  if (match.ambiguous) return match.target ? "both" : "ambiguous";
  return match.target ? std::to_string(*match.target) : "none";
}

std::string limits(const std::string& text) {
  const auto r = parse_range(text);
  return r ? to_text(r->first) + " " + to_text(r->second) : "none";
}

TEST(ParseRange, ReadsPrefixesOfBothFamilies) {
  EXPECT_EQ(limits("10.0.0.0/24"), "10.0.0.0 10.0.0.255");
  EXPECT_EQ(limits("10.0.0.77/24"), "10.0.0.0 10.0.0.255");
  EXPECT_EQ(limits("10.0.0.5/31"), "10.0.0.4 10.0.0.5");
  EXPECT_EQ(limits("10.0.0.5/32"), "10.0.0.5 10.0.0.5");
  EXPECT_EQ(limits("0.0.0.0/0"), "0.0.0.0 255.255.255.255");
  EXPECT_EQ(limits("2001:db8::/126"), "2001:db8:: 2001:db8::3");
  EXPECT_EQ(limits("::/0"), ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST(ParseRange, ReadsFirstAndLast) {
  EXPECT_EQ(limits("10.0.0.1-10.0.1.9"), "10.0.0.1 10.0.1.9");
  EXPECT_EQ(limits("10.0.0.1 - 10.0.0.9"), "10.0.0.1 10.0.0.9");
  EXPECT_EQ(limits("10.0.0.1-9"), "10.0.0.1 10.0.0.9");
  EXPECT_EQ(limits("2001:db8::1-2001:db8::9"), "2001:db8::1 2001:db8::9");
}

TEST(ParseRange, RefusesWhatIsNone) {
  for (const char* text : {"10.0.0.1",
                           "10.0.0.0/33",
                           "10.0.0.0/-1",
                           "10.0.0.0/",
                           "2001:db8::/129",
                           "10.0.0.9-10.0.0.1",
                           "10.0.0.9-1",
                           "10.0.0.1-256",
                           "2001:db8::1-9",
                           "web-1",
                           "host/24",
                           ""}) {
    EXPECT_EQ(limits(text), "none") << text;
  }
}

TEST(HostKey, SpellsAddressesAndNamesInOneWay) {
  EXPECT_EQ(host_key("2001:DB8:0::5"), "2001:db8::5");
  EXPECT_EQ(host_key("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(host_key(" Web-7.Example.COM. "), "web-7.example.com");
  EXPECT_EQ(host_key(""), "");
}

TEST(HostDirectory, PrefersTheInstanceIdToTheAddress) {
  Inventory inventory{.targets = {machine("i-1", "10.0.0.1"), machine("i-2", "10.0.0.2")}};
  ScannedHost h = host("10.0.0.1", "10.0.0.1");
  h.instance = "I-2";

  EXPECT_EQ(found(inventory, h), "1");
}

TEST(HostDirectory, NeverTakesAnotherInstanceAtTheSameAddress) {
  Inventory inventory{.targets = {machine("i-1", "10.0.0.1")}};
  ScannedHost h = host("10.0.0.1");
  h.instance = "i-9";

  EXPECT_EQ(found(inventory, h), "none");
}

TEST(HostDirectory, FindsByEveryAddressAndName) {
  Target t = machine("i-1", "2001:db8::5");
  t.public_addresses = {"203.0.113.9"};
  t.name = "web-7";
  Inventory inventory{.targets = {machine("i-0", "10.0.0.1"), t}};
  ScannedHost aliased = host("unheard-of");
  aliased.aliases = {"WEB-7."};

  EXPECT_EQ(found(inventory, host("2001:DB8:0:0::5")), "1");
  EXPECT_EQ(found(inventory, host("x", "203.0.113.9")), "1");
  EXPECT_EQ(found(inventory, host("i-1")), "1");
  EXPECT_EQ(found(inventory, aliased), "1");
  EXPECT_EQ(found(inventory, host("other", "10.9.9.9")), "none");
}

TEST(HostDirectory, TellsMachinesOfSeveralVpcsApartByWhatElseIsKnown) {
  Target a = machine("i-1", "10.0.0.1", "web");
  Target b = machine("i-2", "10.0.0.1", "pay");
  b.name = "pay-1";
  Inventory inventory{.targets = {a, b}};
  ScannedHost named = host("10.0.0.1", "10.0.0.1");
  named.aliases = {"pay-1"};

  EXPECT_EQ(found(inventory, named), "1");
}

TEST(HostDirectory, SaysSoIfOneAddressHasSeveralOwners) {
  Inventory inventory{
      .targets = {machine("i-1", "10.0.0.1", "web"), machine("i-2", "10.0.0.1", "pay")}};

  EXPECT_EQ(found(inventory, host("10.0.0.1")), "ambiguous");
}

// Private networks are alike: every second VPC has a 10.0.0.1. Whatever the order of the inventory,
// an address alone decides nothing, and what more a report says decides rightly.
TEST(HostDirectory, NeverGivesAMachineOfOneVpcToTheTeamOfAnother) {
  Target a = machine("i-1", "10.0.0.1", "web");
  a.vpc = "vpc-1";
  a.public_addresses = {"203.0.113.1"};
  Target b = machine("i-2", "10.0.0.1", "pay");
  b.vpc = "vpc-2";
  b.addresses.emplace_back("10.0.0.2");
  ScannedHost of_instance = host("10.0.0.1", "10.0.0.1");
  of_instance.instance = "i-2";
  ScannedHost of_alias = host("10.0.0.1", "10.0.0.1");
  of_alias.aliases = {"10.0.0.2"};
  ScannedHost of_unknown = host("10.0.0.1", "10.0.0.1");
  of_unknown.instance = "i-3";

  for (const auto& targets : {std::vector{a, b}, std::vector{b, a}}) {
    const Inventory inventory{.targets = targets};
    const std::string place_of_b = targets[0] == b ? "0" : "1";
    EXPECT_EQ(found(inventory, host("10.0.0.1", "10.0.0.1")), "ambiguous");
    EXPECT_EQ(found(inventory, of_instance), place_of_b);
    EXPECT_EQ(found(inventory, of_alias), place_of_b);
    EXPECT_EQ(found(inventory, of_unknown), "none");
  }
}

// The same team's machines in two accounts are still two things to patch.
TEST(HostDirectory, TellsAccountsOfOneTeamApart) {
  Target a = machine("i-1", "10.0.0.1");
  Target b = machine("i-2", "10.0.0.1");
  a.service = b.service = "shop";
  a.account = "111122223333";
  b.account = "444455556666";

  EXPECT_EQ(found(Inventory{.targets = {a, b}}, host("10.0.0.1")), "ambiguous");
}

TEST(HostDirectory, TakesAnyOfSeveralMachinesWithOneOwner) {
  Target a = machine("i-1", "10.0.0.1");
  Target b = machine("i-2", "10.0.0.1");
  a.service = b.service = "shop";
  Inventory inventory{.targets = {a, b}};
  EXPECT_EQ(found(inventory, host("10.0.0.1")), "0");

  inventory.targets[1].environment = "staging";
  EXPECT_EQ(found(inventory, host("10.0.0.1")), "ambiguous");
}

TEST(HostDirectory, FindsTheRangeOfAnAddressLast) {
  Inventory inventory{
      .targets = {range("10.0.0.0/24"), machine("i-1", "10.0.0.7"), range("2001:db8::/64")}};

  EXPECT_EQ(found(inventory, host("10.0.0.7")), "1");
  EXPECT_EQ(found(inventory, host("10.0.0.8")), "0");
  EXPECT_EQ(found(inventory, host("web", "10.0.0.9")), "0");
  EXPECT_EQ(found(inventory, host("2001:db8::ffff")), "2");
  EXPECT_EQ(found(inventory, host("10.0.1.0")), "none");
  EXPECT_EQ(found(inventory, host("web")), "none");
}

}  // namespace
}  // namespace patchbot
