// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_json.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

std::string with_targets(const std::string& targets) {
  return R"({"schema":"patchbot.inventory/1","targets":[)" + targets + "]}";
}

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_inventory(text); });
}

TEST(InventoryJson, ReadsEveryField) {
  const Inventory inventory =
      parse_inventory(R"({"targets":[{"id":"i-1","account":"1","region":"eu",
    "vpc":"vpc-1","addresses":["10.0.0.1","2001:db8::5"],"public_addresses":["203.0.113.1"],
    "ami":"ami-1","ami_name":"web-1","launched_at":"2026-11-23T06:00:00Z","state":"running",
    "asg":"g","stack":"s","team":"web","service":"shop","environment":"staging","exposed":true,
    "coverage":{"ssm":"ok"},"tags":{"Name":"web-7","x":1}}],
    "source":"ec2","partial":true,"problems":["no rights in eu-west-2", 5],
    "schema":"patchbot.inventory/1"})");

  Target t;
  t.id = "i-1";
  t.account = "1";
  t.region = "eu";
  t.vpc = "vpc-1";
  t.addresses = {"10.0.0.1", "2001:db8::5"};
  t.public_addresses = {"203.0.113.1"};
  t.ami = "ami-1";
  t.ami_name = "web-1";
  t.state = "running";
  t.asg = "g";
  t.stack = "s";
  t.team = "web";
  t.service = "shop";
  t.environment = "staging";
  t.name = "web-7";
  EXPECT_EQ(inventory, (Inventory{{t}, true, {"no rights in eu-west-2"}}));
}

TEST(InventoryJson, TakesNullAndAbsentForUnknown) {
  const Inventory inventory = parse_inventory(
      with_targets(R"({"id":"i-1","team":null,"addresses":null,"tags":null},{"addresses":["a"]})"));

  ASSERT_EQ(inventory.targets.size(), 2U);
  EXPECT_EQ(inventory.targets[0].team, "");
  EXPECT_EQ(inventory.targets[1].addresses, std::vector<std::string>{"a"});
  EXPECT_FALSE(inventory.partial);
}

TEST(InventoryJson, CleansItsTexts) {
  EXPECT_EQ(parse_inventory(with_targets(R"({"id":"i-1","team":"we\u001bb\n x"})")).targets[0].team,
            "web x");
}

TEST(InventoryJson, NeedsItsHeader) {
  EXPECT_EQ(refusal(R"({"targets":[]})"), "input: /schema: expected \"patchbot.inventory/1\"");
  EXPECT_EQ(refusal(R"({"schema":"patchbot.inventory/2","targets":[]})"),
            "input: /schema: expected \"patchbot.inventory/1\"");
  EXPECT_EQ(refusal(R"({"schema":"patchbot.inventory/1"})"),
            "input: /targets: expected a list of objects");
  for (const char* wrong : {"{}", "null", "[1]", "[[]]", R"(["10.0.0.1"])"}) {
    EXPECT_EQ(refusal(R"({"schema":"patchbot.inventory/1","targets":)" + std::string(wrong) + "}"),
              "input: /targets: expected a list of objects")
        << wrong;
  }
  EXPECT_EQ(refusal("[]"), "input: expected a JSON object");
}

TEST(InventoryJson, PointsAtWrongTypes) {
  EXPECT_EQ(refusal(with_targets(R"({"id":"i-1"},{"id":7})")),
            "input: /targets/1/id: must be a string");
  EXPECT_EQ(refusal(with_targets(R"({"id":"i-1","addresses":"10.0.0.1"})")),
            "input: /targets/0/addresses: must be a list of strings");
  EXPECT_EQ(refusal(with_targets(R"({"id":"i-1","addresses":["a",1]})")),
            "input: /targets/0/addresses: must be a list of strings");
  EXPECT_EQ(refusal(with_targets(R"({"team":"web"})")),
            "input: /targets/0/id: a target needs an id or an address");
}

TEST(InventoryJson, RefusesWhatIsNoJson) {
  EXPECT_EQ(refusal("{\"schema\":\n x").substr(0, 30), "input: not a valid inventory: ");
  EXPECT_EQ(refusal(with_targets(R"({"id":"i-1"}")")).substr(0, 30),
            "input: not a valid inventory: ");
  EXPECT_EQ(refusal("{\"schema\":\"\xFF\"}").substr(0, 30), "input: not a valid inventory: ");
}

TEST(InventoryJson, RefusesDeepNesting) {
  EXPECT_EQ(refusal(R"({"schema":)" + std::string(100000, '[')), "input: nested more than 32 deep");
  EXPECT_EQ(refusal(with_targets(R"({"id":"i-1","tags":)" + std::string(40, '['))),
            "input: nested more than 32 deep");
}

TEST(ParseTargets, TellsAnInventoryFromAList) {
  EXPECT_EQ(parse_targets("\xEF\xBB\xBF \n" + with_targets(R"({"id":"i-1"})")).targets[0].id,
            "i-1");
  EXPECT_EQ(parse_targets("\xEF\xBB\xBF"
                          "10.0.0.1\n")
                .targets[0]
                .addresses[0],
            "10.0.0.1");
}

}  // namespace
}  // namespace patchbot
