// SPDX-License-Identifier: Apache-2.0
#include "formats/policy_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/config_yaml.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;

Config config(const std::string& text) {
  return parse_config("schema: patchbot.config/1\n" + text);
}

std::string fault(const std::string& text) {
  return fault_of([&] { config(text); });
}

TEST(PolicyYaml, ReadsEveryCondition) {
  const Config read = config(R"(
policies:
  strict:
    clock: earliest
    rules:
      - id: everything
        level: warn
        when:
          severity: medium
          kev: true
          kev_ransomware: false
          epss: 0.5
          epss_percentile: 0.95
          ssvc: {exploitation: poc, automatable: true, technical_impact: total}
          exploit: functional
          fix_available: true
          exposed: true
          age_days: 30
          sla_overdue: true
          new: true
          status: [open, reopened]
          kind: vulnerability
          environment: prod*
          team: [a, b]
          service: web
          source: nessus
          title: "*OpenSSL*"
          id: CVE-2026-*
    sla:
      - {days: 14, forensics: true, when: {kev: true}}
      - {days: upgrade}
)");
  ASSERT_EQ(read.policies.size(), 1U);
  const Policy& policy = read.policies[0];
  EXPECT_EQ(policy.name, "strict");
  EXPECT_EQ(policy.clock, SlaClock::earliest);
  ASSERT_EQ(policy.rules.size(), 2U);
  EXPECT_EQ(policy.rules[1].id, "unknown-severity");
  EXPECT_EQ(policy.rules[0].id, "everything");
  EXPECT_EQ(policy.rules[0].level, GateLevel::warn);
  Condition c;
  c.severity = Severity::medium;
  c.kev = true;
  c.kev_ransomware = false;
  c.epss = 0.5;
  c.epss_percentile = 0.95;
  c.exploitation = "poc";
  c.automatable = true;
  c.technical_impact = "total";
  c.exploit = "functional";
  c.fix_available = true;
  c.exposed = true;
  c.age_days = 30;
  c.sla_overdue = true;
  c.is_new = true;
  c.status = {"open", "reopened"};
  c.kind = {"vulnerability"};
  c.environment = {"prod*"};
  c.team = {"a", "b"};
  c.service = {"web"};
  c.source = {"nessus"};
  c.title = {"*OpenSSL*"};
  c.id = {"CVE-2026-*"};
  EXPECT_EQ(policy.rules[0].when, c);
  ASSERT_EQ(policy.sla.size(), 2U);
  EXPECT_EQ(policy.sla[0].days, 14);
  EXPECT_TRUE(policy.sla[0].forensics);
  EXPECT_EQ(policy.sla[1].days, std::nullopt);
}

TEST(PolicyYaml, PutsAPresetBehindOnesOwnRules) {
  const Config read = config(
      "policies:\n  ours:\n    preset: pci-dss\n"
      "    rules: [{id: kev, level: fail, when: {kev: true}}]\n");
  const Policy& policy = read.policies.at(0);
  EXPECT_EQ(policy.rules.front().id, "kev");
  EXPECT_EQ(policy.rules.back().id, "unknown-severity");
  EXPECT_EQ(policy.sla.size(), 1U);
}

TEST(PolicyYaml, GatesNamePoliciesAndPresetsWhereverTheyStand) {
  const Config read = config(
      "gate: {policy: ours, environments: {staging: default}}\n"
      "teams: {pay: {gate: {policy: cisa-bod-26-04}}}\n"
      "policies: {ours: {preset: fedramp}}\n");
  EXPECT_EQ(read.gate.policy, "ours");
  EXPECT_EQ(read.environment_policies.at("staging"), "default");
  EXPECT_EQ(read.teams.at("pay").gate.policy, "cisa-bod-26-04");
  std::vector<std::string> names;
  for (const Policy& policy : read.policies) names.push_back(policy.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("ours", "default", "cisa-bod-26-04"));
}

TEST(PolicyYaml, NamesWhatIsWrongAndWhere) {
  EXPECT_EQ(fault("gate: {policy: defalt}\n"),
            "usage 2:16: policy 'defalt' is not known; did you mean 'default'?");
  EXPECT_EQ(fault("gate: {policy: default, fail_on: high}\n"),
            "usage 2:7: gate has a policy and thresholds; one of them decides");
  EXPECT_EQ(fault("policies: {p: {preset: fedrmp}}\n"),
            "usage 2:24: preset 'fedrmp' is not known; did you mean 'fedramp'?");
  EXPECT_EQ(fault("policies: {default: {preset: fedramp}}\n"),
            "usage 2:21: policy 'default' has the name of a preset; choose another");
  EXPECT_EQ(fault("policies: {p: {sla: [{days: 3}]}}\n"),
            "usage 2:15: policy 'p' has neither rules nor a preset");
  EXPECT_EQ(fault("policies: {p: {rules: [{id: a, level: failed}]}}\n"),
            "usage 2:39: level: 'failed' is none of fail, warn and note");
  EXPECT_EQ(fault("policies: {p: {rules: [{id: a, level: fail}, {id: a, level: warn}]}}\n"),
            "usage 2:46: rule 'a' is there twice in policy 'p'");
  EXPECT_EQ(fault("policies: {p: {rules: [{id: a, level: fail, when: {sevrity: high}}]}}\n"),
            "usage 2:52: unknown key 'sevrity' in when of a rule of policy 'p'; did you mean "
            "'severity'?");
  EXPECT_EQ(fault("policies: {p: {rules: [{id: a, level: fail, when: {epss: 50}}]}}\n"),
            "usage 2:58: epss must be a number from 0 to 1, such as 0.5");
  EXPECT_EQ(fault("policies: {p: {preset: fedramp, sla: [{days: soon}]}}\n"),
            "usage 2:46: days must be a whole number of days, or 'upgrade'");
  EXPECT_EQ(
      fault("policies: {p: {preset: fedramp, sla: [{days: 3, when: {sla_overdue: true}}]}}\n"),
      "usage 2:39: a row of sla of policy 'p': a deadline cannot depend on sla_overdue or "
      "age_days");
  EXPECT_EQ(fault("teams: {a: {gate: {environments: {x: default}}}}\n"),
            "usage 2:34: gate of team 'a' cannot have environments; the common gate can");
}

TEST(PolicyYaml, EveryPresetReads) {
  for (std::string_view name : preset_names()) {
    const auto policy = preset_policy(name);
    ASSERT_TRUE(policy) << name;
    EXPECT_EQ(policy->name, name);
    EXPECT_EQ(policy->rules.back().id, "unknown-severity") << name;
  }
  EXPECT_FALSE(preset_policy("none"));
}

TEST(PolicyYaml, WhatHasNoKnownSeverityNeverPassesAThreshold) {
  const auto last_rule = [](const std::string& rules) {
    return config("policies: {p: {rules: [" + rules + "]}}\n").policies.at(0).rules.back().id;
  };
  EXPECT_EQ(last_rule("{id: a, level: fail, when: {severity: high}}"), "unknown-severity");
  EXPECT_EQ(last_rule("{id: a, level: fail, when: {kev: true}}"), "a");
  EXPECT_EQ(last_rule("{id: a, level: fail, when: {severity: high}}, "
                      "{id: b, level: note, when: {severity: unknown}}"),
            "b");
}

TEST(PolicyYaml, SettlesTheSpellingOfEnvironments) {
  const Config read = config(
      "gate: {environments: {Prod: p}}\nenvironments: {qa: testing}\npolicies: {p: {rules: "
      "[{id: a, level: fail, when: {environment: [PRD, QA, stag*]}}]}}\n");
  EXPECT_EQ(read.environment_policies.count("production"), 1U);
  EXPECT_EQ(read.policies.at(0).rules.at(0).when.environment,
            (std::vector<std::string>{"production", "testing", "stag*"}));
}

TEST(PolicyYaml, RefusesATeamOrARuleThatCannotBeMeant) {
  const std::string rule = "[{id: warn-on-high, level: fail, when: {team: chekout}}]";
  EXPECT_EQ(fault("teams: {checkout: {}}\npolicies: {p: {rules: " + rule + "}}\n"),
            "usage 3:69: team 'chekout' is not among the teams; did you mean 'checkout'?");
  EXPECT_EQ(fault("policies: {p: {preset: fedramp, rules: " + rule + "}}\n"),
            "usage 2:15: rule 'warn-on-high' of policy 'p' has the id of a rule of its preset; "
            "choose another");
  EXPECT_EQ(fault("gate: {environments: {prod: default, production: fedramp}}\n"),
            "usage: gate: environments: 'production' is there twice, in two spellings of the same "
            "environment");
}

}  // namespace
}  // namespace patchbot
