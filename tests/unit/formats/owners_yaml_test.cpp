// SPDX-License-Identifier: Apache-2.0
#include "formats/owners_yaml.hpp"

#include <gtest/gtest.h>

#include "formats/config_yaml.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string head = "schema: patchbot.config/1\n";

Config read(const std::string& section) { return parse_config(head + section); }

std::string refusal(const std::string& section) {
  return fault_of([&] { read(section); });
}

std::string rule_refusal(const std::string& rule) { return refusal("owners:\n- {" + rule + "}\n"); }

TEST(OwnersYaml, ReadsEveryKey) {
  const Config config = read(R"(
owners:
- tag: [cost-centre, "class=web*"]
  account: [111122223333, "012345678901"]
  region: eu-west-1
  cidr: [10.30.0.0/16, "2001:db8::/32"]
  name: bastion*
  ami_family: [web, acme-*]
  ami: ami-0b1c2d3e4f5061728
  team: platform
  service: tag:app
  environment: staging
- {team: "tag:team"}
)");

  const OwnerRule first{{"cost-centre", "class=web*"},
                        {"111122223333", "012345678901"},
                        {"eu-west-1"},
                        {"10.30.0.0/16", "2001:db8::/32"},
                        {"bastion*"},
                        {"web", "acme-*"},
                        {"ami-0b1c2d3e4f5061728"},
                        {},
                        "platform",
                        "tag:app",
                        "staging"};
  EXPECT_EQ(config.owners, (std::vector<OwnerRule>{first, OwnerRule{.team = "tag:team"}}));
}

TEST(OwnersYaml, RefusesRulesThatSayNothing) {
  EXPECT_EQ(rule_refusal("name: web*"),
            "usage 3:3: a rule of owners needs at least one of team, service, environment");
  EXPECT_EQ(refusal("owners: []\n"),
            "usage 2:9: owners must not be an empty list; without the key, usual tags decide");
  EXPECT_EQ(refusal("owners: {team: web}\n"), "usage 2:9: owners must be a list (- item)");
  EXPECT_EQ(refusal("owners: [web]\n"),
            "usage 2:10: a rule of owners must be a mapping (key: value)");
}

TEST(OwnersYaml, RefusesConditionsThatNeverHold) {
  EXPECT_EQ(rule_refusal("team: web, cidr: 10.0.0.0"),
            "usage 3:21: cidr: '10.0.0.0' is none; expected one such as 10.30.0.0/16");
  EXPECT_EQ(rule_refusal("team: web, cidr: [10.0.0.0/8, 10.0.0.0/33]"),
            "usage 3:34: cidr: '10.0.0.0/33' is none; expected one such as 10.30.0.0/16");
  EXPECT_EQ(rule_refusal("team: web, account: production"),
            "usage 3:24: account id 'production' must be 12 digits, with all zeros in front");
  EXPECT_EQ(rule_refusal("team: web, region: eu"),
            "usage 3:23: 'eu' is no AWS region, such as eu-west-1");
  EXPECT_EQ(rule_refusal("team: web, tag: '=x'"),
            "usage 3:20: tag: '=x' names no key; expected key or key=value");
  EXPECT_EQ(rule_refusal("team: web, name: []"), "usage 3:21: name must not be an empty list");
  EXPECT_EQ(rule_refusal("team: web, names: x"),
            "usage 3:15: unknown key 'names' in a rule of owners; did you mean 'name'?");
}

TEST(OwnersYaml, RefusesValuesThatCannotBe) {
  EXPECT_EQ(rule_refusal("team: 'tag:'"), "usage 3:10: team: name the tag's key, as in tag:team");
  EXPECT_EQ(rule_refusal("team: a b"),
            "usage 3:10: team name 'a b': use letters, digits, '-' and '_' only");
  EXPECT_EQ(rule_refusal("team: Scan"),
            "usage 3:10: team name 'scan' is taken: TEST-patchbot-scan.xml is about the scan");
  EXPECT_EQ(rule_refusal("service: ''"), "usage 3:13: service must not be empty");
}

TEST(OwnersYaml, RefusesTeamsThatAreNotConfigured) {
  const std::string teams = "teams: {checkout: {}}\n";
  EXPECT_EQ(refusal("owners: [{team: Checkout}]\n" + teams),
            "usage 2:17: team 'Checkout' is not among the teams; did you mean 'checkout'?");
  EXPECT_EQ(refusal("owners: [{team: unowned}, {team: 'tag:x'}, {team: checkout}]\n" + teams),
            "nothing");
}

TEST(EnvironmentsYaml, ReadsWhatValuesMean) {
  const Config config = read("environments: {prd: production, 1: one}\n");
  EXPECT_EQ(config.environments,
            (std::map<std::string, std::string>{{"1", "one"}, {"prd", "production"}}));
}

TEST(EnvironmentsYaml, RefusesWordsThatAreTheSame) {
  EXPECT_EQ(refusal("environments: {Prd: a, prd: b}\n"),
            "usage 2:29: environments: 'prd' is the same as 'Prd'");
  EXPECT_EQ(refusal("environments: {'': a}\n"),
            "usage 2:20: environments: a word must not be empty");
  EXPECT_EQ(refusal("environments: {prd: Prod, prod: production}\n"),
            "usage 2:15: environments: 'prd' means 'Prod', which means 'production': let both mean "
            "the same");
  EXPECT_EQ(refusal("environments: {live: live, LIFE: live}\n"), "nothing");
  EXPECT_EQ(refusal("environments: {prd: [a]}\n"), "usage 2:21: environment must be a text");
}

}  // namespace
}  // namespace patchbot
