// SPDX-License-Identifier: Apache-2.0
#include "rules/sla.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Time at(const char* text) { return *parse_rfc3339(text); }
const Time now = at("2026-11-23T06:00:00Z");

/// Known exploited: 3 days; severe: 30 days.
Policy two_rows() {
  Policy policy;
  policy.sla.resize(2);
  policy.sla[0].when.kev = true;
  policy.sla[0].days = 3;
  policy.sla[1].when.severity = Severity::high;
  policy.sla[1].days = 30;
  return policy;
}

Finding seen(const char* time) {
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.severity = Severity::high;
  finding.first_seen = at(time);
  return finding;
}

TEST(Sla, WhatIsOverdueByEveryRowThatMayHoldIsOverdue) {
  const Finding old = seen("2026-10-01T00:00:00Z");
  EXPECT_EQ(check_sla(two_rows(), Subject{old}, now).overdue, Truth::yes);
  EXPECT_FALSE(check_sla(two_rows(), Subject{old}, now).sla) << "since when is not known";
  const Finding recent = seen("2026-11-10T00:00:00Z");
  EXPECT_EQ(check_sla(two_rows(), Subject{recent}, now).overdue, Truth::undecided);
  EXPECT_EQ(check_sla(two_rows(), Subject{.finding = recent, .kev_known = true}, now).overdue,
            Truth::no);
}

TEST(Sla, ARowThatMayHoldIsNoDeadlineWhereElseNoneApplies) {
  Finding mild = seen("2020-10-01T00:00:00Z");
  mild.severity = Severity::low;
  EXPECT_EQ(check_sla(two_rows(), Subject{mild}, now).overdue, Truth::undecided);
  EXPECT_EQ(check_sla(two_rows(), Subject{.finding = mild, .kev_known = true}, now).overdue,
            Truth::no);
}

TEST(Sla, DaysMayDependOnTheEnvironment) {
  Policy policy = two_rows();
  policy.sla[0].when = {};
  policy.sla[0].when.environment = {"production"};
  Finding finding = seen("2026-11-18T00:00:00Z");
  finding.environment = "staging";
  EXPECT_EQ(check_sla(policy, Subject{finding}, now).overdue, Truth::no);
  finding.environment = "production";
  EXPECT_EQ(check_sla(policy, Subject{finding}, now).overdue, Truth::yes);
  finding.environment.clear();
  EXPECT_EQ(check_sla(policy, Subject{finding}, now).overdue, Truth::undecided);
}

TEST(Sla, WithoutATableTheDeadlineThatTheFindingBringsCounts) {
  Finding finding = seen("2026-11-18T00:00:00Z");
  EXPECT_EQ(check_sla({}, Subject{finding}, now).overdue, Truth::undecided);
  finding.sla = Sla{*parse_date("2026-11-22"), false, false};
  EXPECT_EQ(check_sla({}, Subject{finding}, now).overdue, Truth::yes) << "the day decides";
  finding.sla->due = *parse_date("2026-11-23");
  EXPECT_EQ(check_sla({}, Subject{finding}, now).overdue, Truth::no);
}

TEST(Sla, ADetectionOfADayToComeIsNone) {
  const Finding finding = seen("2099-01-01T00:00:00Z");
  const Subject subject{.finding = finding, .kev_known = true};
  EXPECT_EQ(check_sla(two_rows(), subject, now).overdue, Truth::undecided);
}

}  // namespace
}  // namespace patchbot
