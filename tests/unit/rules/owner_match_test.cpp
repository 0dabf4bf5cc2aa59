// SPDX-License-Identifier: Apache-2.0
#include "rules/owner_match.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Target machine() {
  Target t;
  t.id = "i-1";
  t.account = "111122223333";
  t.region = "eu-west-1";
  t.addresses = {"10.30.0.5", "2001:db8::5"};
  t.public_addresses = {"203.0.113.9"};
  t.ami = "ami-0b1c2d3e4f5061728";
  t.ami_name = "acme-web-2026.11.20";
  t.tags = {{"Name", "Bastion-7"}, {"class", "web-front"}, {"empty", ""}};
  t.name = "Bastion-7";
  return t;
}

bool holds(const OwnerRule& rule, const Target& target = machine()) {
  return OwnerMatch(rule).holds(OwnerFacts(target));
}

TEST(OwnerMatch, HoldsForEveryMachineWithoutConditions) {
  EXPECT_TRUE(holds({}));
  EXPECT_TRUE(holds({}, Target()));
}

TEST(OwnerMatch, AsksForTagsByKeyOrValue) {
  EXPECT_TRUE(holds({.tag = {"class"}}));
  EXPECT_TRUE(holds({.tag = {"Class"}}));
  EXPECT_TRUE(holds({.tag = {"empty"}}));
  EXPECT_TRUE(holds({.tag = {"class=WEB*"}}));
  EXPECT_TRUE(holds({.tag = {"class=db", "class=web*"}}));
  EXPECT_TRUE(holds({.tag = {"empty="}}));
  EXPECT_FALSE(holds({.tag = {"clas"}}));
  EXPECT_FALSE(holds({.tag = {"class=web"}}));
  EXPECT_FALSE(holds({.tag = {"class="}}));
}

TEST(OwnerMatch, AsksForAccountAndRegionExactly) {
  EXPECT_TRUE(holds({.account = {"444455556666", "111122223333"}}));
  EXPECT_FALSE(holds({.account = {"444455556666"}}));
  EXPECT_TRUE(holds({.region = {"eu-west-1"}}));
  EXPECT_FALSE(holds({.region = {"eu-west-2"}}));
}

TEST(OwnerMatch, AsksForAnyAddress) {
  EXPECT_TRUE(holds({.cidr = {"10.30.0.0/16"}}));
  EXPECT_TRUE(holds({.cidr = {"10.0.0.0/24", "2001:db8::/64"}}));
  EXPECT_TRUE(holds({.cidr = {"203.0.113.0/24"}}));
  EXPECT_FALSE(holds({.cidr = {"10.31.0.0/16"}}));
}

TEST(OwnerMatch, TakesARangeThatLiesWithinAnother) {
  Target t;
  t.addresses = {"10.30.1.0/24"};
  t.is_range = true;
  EXPECT_TRUE(holds({.cidr = {"10.30.0.0/16"}}, t));
  EXPECT_FALSE(holds({.cidr = {"10.30.1.0/25"}}, t));
}

TEST(OwnerMatch, AsksForNamesAndImagesByGlob) {
  EXPECT_TRUE(holds({.name = {"bastion*"}}));
  EXPECT_FALSE(holds({.name = {"bastion"}}));
  EXPECT_TRUE(holds({.ami_family = {"acme-web"}}));
  EXPECT_FALSE(holds({.ami_family = {"acme-web-2026.11.20"}}));
  EXPECT_TRUE(holds({.ami = {"ami-0b1c2d3e4f5061728"}}));
  EXPECT_TRUE(holds({.ami = {"acme-web-2026*"}}));
  EXPECT_FALSE(holds({.ami = {"ami-1", "acme-db-*"}}));
}

TEST(OwnerMatch, NeverHoldsForWhatIsUnknown) {
  EXPECT_FALSE(holds({.name = {"*"}}, Target()));
  EXPECT_FALSE(holds({.ami = {"*"}}, Target()));
  EXPECT_FALSE(holds({.ami_family = {"*"}}, Target()));
  EXPECT_FALSE(holds({.cidr = {"0.0.0.0/0"}}, Target()));
  EXPECT_FALSE(holds({.tag = {"team"}}, Target()));
}

TEST(OwnerMatch, WantsAllConditions) {
  OwnerRule rule{.tag = {"class"},
                 .account = {"111122223333"},
                 .region = {"eu-west-1"},
                 .cidr = {"10.30.0.0/16"},
                 .name = {"bastion*"},
                 .ami_family = {"acme-web"},
                 .ami = {"ami-*"}};
  EXPECT_TRUE(holds(rule));
  for (auto* condition :
       {&rule.tag, &rule.account, &rule.region, &rule.name, &rule.ami_family, &rule.ami}) {
    const auto kept = std::exchange(*condition, {"other"});
    EXPECT_FALSE(holds(rule));
    *condition = kept;
  }
  rule.cidr = {"10.31.0.0/16"};
  EXPECT_FALSE(holds(rule));
}

}  // namespace
}  // namespace patchbot
