// SPDX-License-Identifier: Apache-2.0
#include "rules/ownership.hpp"

#include <gtest/gtest.h>

#include <random>

namespace patchbot {
namespace {

Target tagged(const Tags& tags) {
  Target t;
  t.id = "i-1";
  t.account = "111122223333";
  t.tags = tags;
  return t;
}

// "team service environment", "-" for what is unknown.
std::string owner_of(const Config& config, Target target) {
  Ownership(config).apply(target);
  std::string told;
  for (const std::string& text : {target.team, target.service, target.environment}) {
    told += (told.empty() ? "" : " ") + (text.empty() ? "-" : text);
  }
  return told;
}

Config with_rules(std::vector<OwnerRule> rules) {
  Config config;
  config.owners = std::move(rules);
  return config;
}

TEST(Ownership, ReadsTheUsualTagsWithoutRules) {
  EXPECT_EQ(
      owner_of({}, tagged({{"Team", "web"}, {"Service", "shop"}, {"Environment", "staging"}})),
      "web shop staging");
  EXPECT_EQ(owner_of({}, tagged({{"app", "shop"}, {"env", "qa"}, {"owner", "web"}})),
            "web shop qa");
  EXPECT_EQ(owner_of({}, tagged({{"application", "shop"}, {"stage", "qa"}})), "unowned shop qa");
  EXPECT_EQ(owner_of({}, tagged({{"owner", "ops"}, {"team", "web"}})), "web - -");
  EXPECT_EQ(owner_of({}, tagged({})), "unowned - -");
}

TEST(Ownership, LetsTheFirstRuleWithAValueDecideEachOfTheThree) {
  const Config config =
      with_rules({{.team = "tag:team", .environment = "tag:env"},
                  {.name = {"bastion*"}, .team = "platform", .service = "bastion"},
                  {.account = {"111122223333"}, .environment = "sandbox"},
                  {.team = "late", .service = "rest"}});
  Target bastion = tagged({{"env", "qa"}});
  bastion.name = "bastion-1";

  EXPECT_EQ(owner_of(config, bastion), "platform bastion qa");
  EXPECT_EQ(owner_of(config, tagged({{"team", "web"}})), "web rest sandbox");
  EXPECT_EQ(owner_of(config, tagged({{"team", "  "}, {"env", ""}})), "late rest sandbox");
}

TEST(Ownership, TakesTheTagWithTheExactKeyBeforeItsLikes) {
  const Config config = with_rules({{.team = "tag:Team"}});
  EXPECT_EQ(owner_of(config, tagged({{"TEAM", "a"}, {"Team", "b"}})), "b - -");
  EXPECT_EQ(owner_of(config, tagged({{"TEAM", "a"}})), "a - -");
}

TEST(Ownership, SpellsTeamsAsTheyAreConfigured) {
  Config config;
  config.teams["Checkout"];
  EXPECT_EQ(owner_of(config, tagged({{"team", "CHECKOUT"}})), "Checkout - -");
  EXPECT_EQ(owner_of(config, tagged({{"team", "somebody else"}})), "somebody else - -");
}

TEST(Ownership, GivesEnvironmentsTheirMeaning) {
  Config config;
  config.environments = {{"Perf", "Load"}, {"live", "demo"}};
  const auto meaning = [&](const std::string& value) {
    return owner_of(config, tagged({{"env", value}})).substr(std::string("unowned - ").size());
  };

  EXPECT_EQ(meaning("prod"), "production");
  EXPECT_EQ(meaning("PRD"), "production");
  EXPECT_EQ(meaning("Production"), "production");
  EXPECT_EQ(meaning("stg"), "staging");
  EXPECT_EQ(meaning("Stage"), "staging");
  EXPECT_EQ(meaning("perf"), "Load");
  EXPECT_EQ(meaning("LOAD"), "Load");
  EXPECT_EQ(meaning("live"), "demo");
  EXPECT_EQ(meaning("QA-2"), "QA-2");
}

TEST(Ownership, FallsBackToWhatTheAccountSays) {
  Config config = with_rules({{.team = "tag:team", .environment = "tag:env"}});
  config.aws = AwsSettings();
  AccountSettings account;
  account.id = "111122223333";
  account.team = "platform";
  account.environment = "prod";
  config.aws->accounts = {account};
  Target elsewhere = tagged({});
  elsewhere.account = "444455556666";

  EXPECT_EQ(owner_of(config, tagged({})), "platform - production");
  EXPECT_EQ(owner_of(config, tagged({{"team", "web"}, {"env", "qa"}})), "web - qa");
  EXPECT_EQ(owner_of(config, elsewhere), "unowned - -");
}

TEST(Ownership, LetsARuleSayThatNobodyOwnsAMachine) {
  Config config = with_rules({{.name = {"lab*"}, .team = "unowned"}, {.team = "web"}});
  Target lab = tagged({});
  lab.name = "lab-1";
  EXPECT_EQ(owner_of(config, lab), "unowned - -");
}

TEST(Ownership, KeepsWhatTheSourceSaid) {
  const Config config = with_rules({{.team = "web", .service = "shop", .environment = "qa"}});
  Target t = tagged({});
  t.team = "search";
  t.service = "index";
  t.environment = "Prod";
  EXPECT_EQ(owner_of(config, t), "search index production");
  t.team = "Unowned";
  EXPECT_EQ(owner_of(config, t), "web index production");
}

TEST(Ownership, NeverGivesAMachineToTheReservedTeam) {
  const Config config = with_rules({{.team = "tag:team"}, {.team = "tag:owner"}});
  EXPECT_EQ(owner_of(config, tagged({{"team", "Scan"}})), "unowned - -");
  EXPECT_EQ(owner_of(config, tagged({{"team", "scan"}, {"owner", "web"}})), "web - -");
  Target t = tagged({{"team", "web"}});
  t.team = "scan";
  EXPECT_EQ(owner_of(config, t), "web - -");
}

// --- properties, over rules and machines made up at random (the same in every run) ---

class Chance {
 public:
  std::size_t below(std::size_t limit) { return engine_() % limit; }

  std::string one_of(const std::vector<std::string>& texts) { return texts[below(texts.size())]; }

  std::vector<std::string> some(const std::vector<std::string>& texts) {
    return below(2) == 0 ? std::vector<std::string>() : std::vector{one_of(texts)};
  }

 private:
  std::mt19937 engine_{7};
};

const std::vector<std::string>& values() {
  static const std::vector<std::string> words{
      "", "web", "Web", "scan", "unowned", "tag:team", "tag:x", "prod", "live", "qa"};
  return words;
}

OwnerRule any_rule(Chance& chance) {
  return {.tag = chance.some({"team", "x=w*", "none"}),
          .account = chance.some({"111122223333", "444455556666"}),
          .region = chance.some({"eu-west-1", "eu-west-2"}),
          .cidr = chance.some({"10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"}),
          .name = chance.some({"*", "web*", "db?"}),
          .ami_family = chance.some({"base", "*"}),
          .ami = chance.some({"ami-*", "base-1*"}),
          .team = chance.one_of(values()),
          .service = chance.one_of(values()),
          .environment = chance.one_of(values())};
}

Target any_target(Chance& chance) {
  Target t;
  t.id = "i-" + std::to_string(chance.below(1000000));
  t.account = chance.one_of({"111122223333", "444455556666", ""});
  t.region = chance.one_of({"eu-west-1", "eu-west-2", ""});
  t.addresses = chance.some({"10.0.0.1", "10.1.0.1", "2001:db8::1", "web.example"});
  t.name = chance.one_of({"", "web-1", "db1"});
  t.ami_name = chance.one_of({"", "base-123456", "other"});
  t.ami = chance.one_of({"", "ami-1"});
  t.team = chance.one_of({"", "", "web", "unowned", "scan"});
  t.environment = chance.one_of({"", "", "prod"});
  if (chance.below(2) == 0) t.tags.emplace_back("team", chance.one_of(values()));
  if (chance.below(2) == 0) t.tags.emplace_back("x", chance.one_of(values()));
  return t;
}

Config any_config(Chance& chance) {
  Config config;
  config.teams["WEB"];
  config.environments = {{"qa", "Quality"}};
  for (std::size_t i = chance.below(6); i > 0; --i) config.owners.push_back(any_rule(chance));
  return config;
}

TEST(OwnershipProperties, EveryMachineStaysAndHasATeamAndASecondLookChangesNothing) {
  Chance chance;
  for (int i = 0; i < 20000; ++i) {
    const Ownership ownership(any_config(chance));
    const Target before = any_target(chance);
    Target after = before;
    ownership.apply(after);

    Target rest = after;
    rest.team = before.team;
    rest.service = before.service;
    rest.environment = before.environment;
    ASSERT_EQ(rest, before) << "only the three may change";
    ASSERT_FALSE(after.team.empty());
    ASSERT_NE(after.team, "scan");
    ASSERT_NE(after.team, "web") << "the configured spelling is WEB";
    Target again = after;
    ownership.apply(again);
    ASSERT_EQ(again, after);
  }
}

// What a rule decided, no later rule changes; and a rule before it changes only what it says.
TEST(OwnershipProperties, TheOrderOfTheRulesDecides) {
  Chance chance;
  for (int i = 0; i < 20000; ++i) {
    Config config = any_config(chance);
    if (config.owners.empty()) continue;
    Target target = any_target(chance);
    target.team.clear();
    target.environment.clear();
    Target few = target;
    Ownership(config).apply(few);
    config.owners.push_back(any_rule(chance));
    Target more = target;
    Ownership(config).apply(more);
    if (few.team != unowned) {
      ASSERT_EQ(more.team, few.team);
    }
    if (!few.service.empty()) {
      ASSERT_EQ(more.service, few.service);
    }
    if (!few.environment.empty()) {
      ASSERT_EQ(more.environment, few.environment);
    }

    config.owners.insert(config.owners.begin(), OwnerRule{.team = "first"});
    Target first = target;
    Ownership(config).apply(first);
    ASSERT_EQ(first.team, "first");
    ASSERT_EQ(first.service, more.service);
    ASSERT_EQ(first.environment, more.environment);
  }
}

}  // namespace
}  // namespace patchbot
