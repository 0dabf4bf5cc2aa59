// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_writer.hpp"

#include <gtest/gtest.h>

#include "formats/inventory_json.hpp"
#include "formats/target_list.hpp"

namespace patchbot {
namespace {

Target everything() {
  Target t;
  t.id = "i-1";
  t.account = "111122223333";
  t.region = "eu-west-1";
  t.vpc = "vpc-1";
  t.addresses = {"10.0.0.1", "2001:db8::5"};
  t.public_addresses = {"203.0.113.1"};
  t.ami = "ami-1";
  t.ami_name = "web-1";
  t.launched_at = parse_rfc3339("2026-11-23T06:00:00Z");
  t.state = "running";
  t.asg = "group";
  t.stack = "stack";
  t.team = "web";
  t.service = "shop";
  t.environment = "staging";
  t.platform = "linux";
  t.exposed = false;
  t.coverage = {"active", "online"};
  t.tags = {{"Name", "web-7"}, {"Quote \"", "b\xC3\xBCro\\"}, {"empty", ""}};
  t.name = "web-7";
  return t;
}

TEST(InventoryWriter, WritesEveryFieldInTheOrderOfTheContract) {
  EXPECT_EQ(to_json(everything()),
            R"({"id":"i-1","account":"111122223333","region":"eu-west-1","vpc":"vpc-1",)"
            R"("addresses":["10.0.0.1","2001:db8::5"],"public_addresses":["203.0.113.1"],)"
            R"("ami":"ami-1","ami_name":"web-1","launched_at":"2026-11-23T06:00:00Z",)"
            R"("state":"running","asg":"group","stack":"stack","team":"web","service":"shop",)"
            R"("environment":"staging","platform":"linux","exposed":false,)"
            R"("coverage":{"inspector":"active","ssm":"online"},)"
            R"("tags":{"Name":"web-7","Quote \"":"büro\\","empty":""}})");
}

TEST(InventoryWriter, LeavesOutWhatIsUnknown) {
  Target t;
  t.id = "i-1";
  EXPECT_EQ(to_json(t), R"({"id":"i-1"})");
  t.coverage.ssm = "online";
  EXPECT_EQ(to_json(t), R"({"id":"i-1","coverage":{"ssm":"online"}})");
}

TEST(InventoryWriter, WritesANameThatCameWithoutTags) {
  Target t;
  t.name = "web-7";
  t.tags = {{"team", "web"}};
  EXPECT_EQ(to_json(t), R"({"tags":{"Name":"web-7","team":"web"}})");
}

TEST(InventoryWriter, WritesAFrameWithoutTargets) {
  EXPECT_EQ(to_json(Inventory()),
            "{\"schema\":\"patchbot.inventory/1\",\"partial\":false,\"problems\":[],\"targets\":["
            "\n]}\n");
}

TEST(InventoryWriter, PutsOneTargetOnALine) {
  Inventory inventory;
  inventory.generated_at = parse_rfc3339("2026-11-24T06:00:00Z");
  inventory.source = "ec2";
  inventory.partial = true;
  inventory.problems = {"account 1: no rights"};
  inventory.targets.resize(2);
  inventory.targets[0].id = "i-1";
  inventory.targets[1].id = "i-2";

  EXPECT_EQ(to_json(inventory),
            "{\"schema\":\"patchbot.inventory/1\",\"generated_at\":\"2026-11-24T06:00:00Z\","
            "\"source\":\"ec2\",\"partial\":true,\"problems\":[\"account 1: no rights\"],"
            "\"targets\":[\n{\"id\":\"i-1\"},\n{\"id\":\"i-2\"}\n]}\n");
}

TEST(InventoryWriter, IsReadBackAsItWas) {
  Inventory inventory = parse_target_list("10.0.0.0/24\tweb\n10.0.0.7\nweb-7.example.com\n");
  inventory.generated_at = parse_rfc3339("2026-11-24T06:00:00Z");
  inventory.source = "file";
  inventory.partial = true;
  inventory.problems = {"account 1: no rights"};
  inventory.targets.push_back(everything());
  EXPECT_EQ(parse_inventory(to_json(inventory)), inventory);
  EXPECT_EQ(parse_inventory(to_json(Inventory())), Inventory());
}

// Each field for itself: what is unknown does not depend on what else is known.
TEST(InventoryWriter, IsReadBackAsItWasWithAnyOneFieldUnknown) {
  using Text = std::string Target::*;
  for (Text field : {&Target::account,
                     &Target::region,
                     &Target::vpc,
                     &Target::ami,
                     &Target::state,
                     &Target::asg,
                     &Target::stack,
                     &Target::team,
                     &Target::service,
                     &Target::platform,
                     &Target::environment,
                     &Target::ami_name}) {
    Inventory inventory;
    inventory.targets = {everything()};
    inventory.targets[0].*field = "";
    EXPECT_EQ(parse_inventory(to_json(inventory)), inventory);
  }
  Inventory inventory;
  inventory.targets.assign(4, everything());
  inventory.targets[0].exposed = std::nullopt;
  inventory.targets[1].coverage = {};
  inventory.targets[2].launched_at = std::nullopt;
  inventory.targets[3].tags.clear();
  inventory.targets[3].name.clear();
  EXPECT_EQ(parse_inventory(to_json(inventory)), inventory);
}

}  // namespace
}  // namespace patchbot
