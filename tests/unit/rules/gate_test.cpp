// SPDX-License-Identifier: Apache-2.0
#include "rules/gate.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

std::string decisions(const Policy& policy) {
  std::string text;
  for (Severity severity : severities_worst_first) {
    const GateDecision decision = check_gate(policy, severity);
    text += std::string(to_text(severity)) + "=" + std::string(to_text(decision.level)) +
            (decision.rule.empty() ? "" : ":" + decision.rule) + " ";
  }
  return text;
}

constexpr auto by_default =
    "critical=fail:fail-on-critical high=warn:warn-on-high medium=none low=none info=none "
    "unknown=warn:unknown-severity ";

TEST(Gate, ActsFromItsThresholdsAndWarnsOfTheUnknown) {
  EXPECT_EQ(decisions(threshold_policy(Severity::high, Severity::low)),
            "critical=fail:fail-on-high high=fail:fail-on-high medium=warn:warn-on-low "
            "low=warn:warn-on-low info=none unknown=warn:unknown-severity ");
}

TEST(Gate, FailsBeforeItWarns) {
  EXPECT_EQ(check_gate(threshold_policy(Severity::low, Severity::critical), Severity::critical),
            (GateDecision{GateLevel::fail, "fail-on-low"}));
}

TEST(Gate, WithoutThresholdsActsOnUnknownSeverityOnly) {
  EXPECT_EQ(
      decisions(threshold_policy({}, {})),
      "critical=none high=none medium=none low=none info=none unknown=warn:unknown-severity ");
}

TEST(Policies, FailOnCriticalAndWarnOnHighByDefault) {
  const Policies policies({}, {});

  EXPECT_EQ(decisions(policies.of("any", "")), by_default);
}

TEST(Policies, TakeFlagsBeforeTeamBeforeCommonBeforeDefault) {
  Config config;
  config.gate.fail_on = Severity::high;
  config.gate.warn_on = Severity::medium;
  config.teams["pay"].gate.fail_on = Severity::low;
  config.teams["web"];
  GateSettings flags;
  flags.warn_on = Threshold();

  const Policies settings(config, {});
  const Policies flagged(config, flags);

  EXPECT_EQ(check_gate(settings.of("pay", ""), Severity::low).rule, "fail-on-low");
  EXPECT_EQ(check_gate(settings.of("web", ""), Severity::low).rule, "");
  EXPECT_EQ(check_gate(settings.of("web", ""), Severity::high).rule, "fail-on-high");
  EXPECT_EQ(check_gate(settings.of("web", ""), Severity::medium).rule, "warn-on-medium");
  EXPECT_EQ(check_gate(settings.of("stranger", ""), Severity::medium).rule, "warn-on-medium");
  EXPECT_EQ(check_gate(flagged.of("web", ""), Severity::medium).rule, "");
  EXPECT_EQ(check_gate(flagged.of("pay", ""), Severity::low).rule, "fail-on-low");
}

TEST(Policies, ATeamsOwnComesBeforeTheEnvironmentsBeforeTheCommonOne) {
  Config config;
  for (const char* name : {"common", "staging", "team"}) {
    Policy policy;
    policy.name = name;
    policy.rules = {{std::string(name) + "-rule", GateLevel::fail, {}}};
    config.policies.push_back(policy);
  }
  config.gate.policy = "common";
  config.environment_policies["staging"] = "staging";
  config.teams["web"].gate.policy = "team";
  config.teams["pay"].gate.fail_on = Severity::low;
  const auto rule = [](const Policies& policies, const char* team, const char* environment) {
    return check_gate(policies.of(team, environment), Severity::low).rule;
  };

  const Policies policies(config, {});
  EXPECT_EQ(rule(policies, "any", "production"), "common-rule");
  EXPECT_EQ(rule(policies, "any", "staging"), "staging-rule");
  EXPECT_EQ(rule(policies, "web", "staging"), "team-rule");
  EXPECT_EQ(rule(policies, "pay", "staging"), "fail-on-low");

  GateSettings flags;
  flags.fail_on = Severity::info;
  EXPECT_EQ(rule(Policies(config, flags), "web", "staging"), "fail-on-info");
}

TEST(Gate, NamesTheRulesThatCouldNotBeDecidedAndWouldHaveBeenWorse) {
  Policy policy;
  policy.rules = {
      {"old", GateLevel::fail, {}}, {"fresh", GateLevel::note, {}}, {"rest", GateLevel::warn, {}}};
  policy.rules[0].when.age_days = 30;
  policy.rules[1].when.is_new = true;
  const Finding finding;

  const GateVerdict verdict = check_gate(policy, Subject{finding});

  EXPECT_EQ(verdict.decision, (GateDecision{GateLevel::warn, "rest"}));
  ASSERT_EQ(verdict.undecided.size(), 1U);
  EXPECT_EQ(verdict.undecided[0]->id, "old");
}

TEST(Policies, ATeamMaySayNever) {
  Config config;
  config.teams["lab"].gate.fail_on = Threshold();

  const Policies policies(config, {});

  EXPECT_EQ(check_gate(policies.of("lab", ""), Severity::critical),
            (GateDecision{GateLevel::warn, "warn-on-high"}));
}

}  // namespace
}  // namespace patchbot
