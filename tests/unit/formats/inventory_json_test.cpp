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
    "asg":"g","stack":"s","team":"web","service":"shop","environment":"staging",
    "platform":"linux","exposed":false,"coverage":{"inspector":"active","ssm":"online","new":1},
    "tags":{"team":"Web","Name":"web-7","empty":""},"new":1}],
    "generated_at":"2026-11-23T07:00:00+01:00","source":"ec2","partial":true,
    "problems":["no rights in eu-west-2"],"schema":"patchbot.inventory/1"})");

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
  t.launched_at = parse_rfc3339("2026-11-23T06:00:00Z");
  t.platform = "linux";
  t.exposed = false;
  t.coverage = {"active", "online"};
  t.tags = {{"Name", "web-7"}, {"empty", ""}, {"team", "Web"}};
  t.name = "web-7";
  const InventoryHead head{
      parse_rfc3339("2026-11-23T06:00:00Z"), "ec2", true, {"no rights in eu-west-2"}};
  EXPECT_EQ(inventory, (Inventory{head, {t}}));
}

TEST(InventoryJson, TakesNullAndAbsentForUnknown) {
  const Inventory inventory =
      parse_inventory(with_targets(R"({"id":"i-1","team":null,"addresses":null,"tags":null,
          "launched_at":null,"exposed":null,"coverage":null},{"addresses":["a"]})"));

  ASSERT_EQ(inventory.targets.size(), 2U);
  Target bare;
  bare.id = "i-1";
  EXPECT_EQ(inventory.targets[0], bare);
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
  const auto fault_in = [](const std::string& member) {
    return refusal(with_targets(R"({"id":"i-1",)" + member + "}"));
  };
  EXPECT_EQ(fault_in(R"("launched_at":"yesterday")"),
            "input: /targets/0/launched_at: must be a time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(fault_in(R"("exposed":"yes")"), "input: /targets/0/exposed: must be true or false");
  EXPECT_EQ(fault_in(R"("coverage":[])"), "input: /targets/0/coverage: must be an object");
  EXPECT_EQ(fault_in(R"("coverage":{"ssm":1})"),
            "input: /targets/0/coverage/ssm: must be a string");
  EXPECT_EQ(fault_in(R"("tags":["a"])"), "input: /targets/0/tags: must be an object of strings");
  EXPECT_EQ(fault_in(R"("tags":{"a":1})"), "input: /targets/0/tags: must be an object of strings");
  EXPECT_EQ(refusal(with_targets(R"({"team":"web"})")),
            "input: /targets/0/id: a target needs an id or an address");
}

TEST(InventoryJson, PointsAtWrongTypesInItsHead) {
  const auto fault_in = [](const std::string& member) {
    return refusal(R"({"schema":"patchbot.inventory/1","targets":[],)" + member + "}");
  };
  EXPECT_EQ(fault_in(R"("generated_at":7)"),
            "input: /generated_at: must be a time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(fault_in(R"("source":[])"), "input: /source: must be a string");
  EXPECT_EQ(fault_in(R"("partial":"no")"), "input: /partial: must be true or false");
  EXPECT_EQ(fault_in(R"("problems":"none")"), "input: /problems: must be a list of strings");
  EXPECT_EQ(fault_in(R"("problems":["a",5])"), "input: /problems: must be a list of strings");
  EXPECT_EQ(fault_in(R"("partial":null,"problems":null,"source":null)"), "nothing");
}

TEST(InventoryJson, IsPartialWhereItNamesAProblem) {
  for (const std::string partial : {"", R"("partial":false,)"}) {
    const Inventory inventory = parse_inventory(R"({"schema":"patchbot.inventory/1",)" + partial +
                                                R"("problems":["a region"],"targets":[]})");
    EXPECT_TRUE(inventory.partial) << partial;
  }
}

TEST(InventoryJson, HandsOverEachTargetAsItIsRead) {
  std::string told;
  const InventoryHead head = parse_inventory(
      R"({"targets":[{"id":"i-1"},{"id":"i-2"}],"partial":true,"schema":"patchbot.inventory/1"})",
      [&](Target&& target) { told += target.id + ";"; });

  EXPECT_EQ(told, "i-1;i-2;");
  EXPECT_TRUE(head.partial);
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
