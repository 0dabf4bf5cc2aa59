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

  EXPECT_EQ(decisions(policies.of("any")), by_default);
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

  EXPECT_EQ(check_gate(settings.of("pay"), Severity::low).rule, "fail-on-low");
  EXPECT_EQ(check_gate(settings.of("web"), Severity::low).rule, "");
  EXPECT_EQ(check_gate(settings.of("web"), Severity::high).rule, "fail-on-high");
  EXPECT_EQ(check_gate(settings.of("web"), Severity::medium).rule, "warn-on-medium");
  EXPECT_EQ(check_gate(settings.of("stranger"), Severity::medium).rule, "warn-on-medium");
  EXPECT_EQ(check_gate(flagged.of("web"), Severity::medium).rule, "");
  EXPECT_EQ(check_gate(flagged.of("pay"), Severity::low).rule, "fail-on-low");
}

TEST(Policies, ATeamMaySayNever) {
  Config config;
  config.teams["lab"].gate.fail_on = Threshold();

  const Policies policies(config, {});

  EXPECT_EQ(check_gate(policies.of("lab"), Severity::critical),
            (GateDecision{GateLevel::warn, "warn-on-high"}));
}

}  // namespace
}  // namespace patchbot
