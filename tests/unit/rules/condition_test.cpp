// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Finding cve() {
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.severity = Severity::high;
  return finding;
}

Truth check(const Condition& condition, const Finding& finding) {
  return check_condition(condition, Subject{finding});
}

TEST(Condition, AnEmptyOneHolds) { EXPECT_EQ(check({}, {}), Truth::yes); }

TEST(Condition, SeverityIsALowerBoundAndUnknownAWordOfItsOwn) {
  Condition c;
  c.severity = Severity::high;
  Finding finding = cve();
  EXPECT_EQ(check(c, finding), Truth::yes);
  finding.severity = Severity::medium;
  EXPECT_EQ(check(c, finding), Truth::no);
  finding.severity = Severity::unknown;
  EXPECT_EQ(check(c, finding), Truth::no);
  c.severity = Severity::unknown;
  EXPECT_EQ(check(c, finding), Truth::yes);
}

TEST(Condition, KevIsUndecidedUntilTheCatalogueWasAsked) {
  Condition listed;
  listed.kev = true;
  Finding finding = cve();
  EXPECT_EQ(check(listed, finding), Truth::undecided);
  EXPECT_EQ(check_condition(listed, Subject{.finding = finding, .kev_known = true}), Truth::no);
  finding.kev = Kev{};
  EXPECT_EQ(check(listed, finding), Truth::yes);
  EXPECT_EQ(check(listed, Finding{}), Truth::no) << "without an id nothing can be listed";
}

TEST(Condition, EpssWithoutARowIsUnknownAndNotZero) {
  Condition c;
  c.epss = 0.5;
  Finding finding = cve();
  EXPECT_EQ(check(c, finding), Truth::undecided);
  finding.epss = Epss{0.5};
  EXPECT_EQ(check(c, finding), Truth::yes);
  finding.epss = Epss{0.49};
  EXPECT_EQ(check(c, finding), Truth::no);
  c = {};
  c.epss_percentile = 0.9;
  EXPECT_EQ(check(c, finding), Truth::undecided);
  finding.epss->percentile = 0.95;
  EXPECT_EQ(check(c, finding), Truth::yes);
}

TEST(Condition, SsvcThatIsNotEvaluatedYetHasCisasDefaults) {
  Condition automatable;
  automatable.automatable = true;
  Condition total;
  total.technical_impact = "total";
  const Finding finding = cve();
  EXPECT_EQ(check(automatable, finding), Truth::undecided);
  const Subject asked{.finding = finding, .ssvc_known = true};
  EXPECT_EQ(check_condition(automatable, asked), Truth::no);
  EXPECT_EQ(check_condition(total, asked), Truth::yes);
}

TEST(Condition, ExploitKnowledgeIsALadder) {
  Condition c;
  c.exploit = "functional";
  Finding finding = cve();
  EXPECT_EQ(check(c, finding), Truth::undecided) << "nobody was asked";
  EXPECT_EQ(check_condition(c, Subject{.finding = finding, .kev_known = true}), Truth::no);
  finding.exploit = "none";
  EXPECT_EQ(check(c, finding), Truth::no) << "the scanner knows of none";
  finding.exploit = "poc";
  EXPECT_EQ(check(c, finding), Truth::no);
  finding.exploit = "active";
  EXPECT_EQ(check(c, finding), Truth::yes);
  finding.exploit.clear();
  finding.kev = Kev{};
  EXPECT_EQ(check(c, finding), Truth::yes) << "the catalogue lists what is exploited";
}

TEST(Condition, HistoryThatIsAbsentIsUndecidedAndNeverFalse) {
  Condition age;
  age.age_days = 30;
  Condition overdue;
  overdue.sla_overdue = true;
  Condition fresh;
  fresh.is_new = true;
  Condition reopened;
  reopened.status = {"reopened"};
  for (const Condition& c : {age, overdue, fresh, reopened}) {
    EXPECT_EQ(check(c, cve()), Truth::undecided);
  }
}

TEST(Condition, OnePartThatDoesNotHoldSettlesIt) {
  Condition c;
  c.severity = Severity::critical;
  c.age_days = 30;
  EXPECT_EQ(check(c, cve()), Truth::no);
  c.severity = Severity::high;
  EXPECT_EQ(check(c, cve()), Truth::undecided);
}

TEST(Condition, TextsAreGlobsOfWhichOneMustMatch) {
  Condition c;
  c.team = {"pay*", "web"};
  c.id = {"CVE-2026-*"};
  Finding finding = cve();
  finding.team = "payments";
  EXPECT_EQ(check(c, finding), Truth::yes);
  finding.team = "search";
  EXPECT_EQ(check(c, finding), Truth::no);
}

TEST(Condition, TellsItsPartsByTheirNames) {
  Condition c;
  c.severity = Severity::critical;
  c.is_new = true;
  const Finding finding = cve();
  const auto parts = condition_parts(c, Subject{finding});
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].name, "severity");
  EXPECT_EQ(parts[0].truth, Truth::no);
  EXPECT_EQ(parts[1].name, "new");
  EXPECT_EQ(parts[1].truth, Truth::undecided);
}

TEST(Condition, WhatTheCatalogueCannotListIsUndecided) {
  Condition listed;
  listed.kev = true;
  Finding finding;
  finding.vuln_ids = {"GHSA-jfh8-c2jp-5v3q"};
  const Subject asked{.finding = finding, .kev_known = true};
  EXPECT_EQ(check_condition(listed, asked), Truth::undecided);
  finding.vuln_ids.emplace_back("CVE-2026-1001");
  EXPECT_EQ(check_condition(listed, asked), Truth::no);
}

TEST(Condition, WhatOneCveIsSaysNothingOfAnother) {
  Condition likely;
  likely.epss = 0.5;
  Condition exploited;
  exploited.exploitation = "poc";
  Condition partial;
  partial.technical_impact = "partial";
  Finding finding = cve();
  finding.epss = Epss{0.1};
  finding.ssvc = Ssvc{"none", false, "partial"};
  const Subject whole{.finding = finding, .ssvc_known = true};
  const Subject gappy{.finding = finding, .ssvc_known = true, .gaps = {true, true}};
  EXPECT_EQ(check_condition(likely, whole), Truth::no);
  EXPECT_EQ(check_condition(likely, gappy), Truth::undecided);
  EXPECT_EQ(check_condition(exploited, whole), Truth::no);
  EXPECT_EQ(check_condition(exploited, gappy), Truth::undecided);
  EXPECT_EQ(check_condition(partial, whole), Truth::yes);
  EXPECT_EQ(check_condition(partial, gappy), Truth::no) << "total, until CISA says otherwise";
}

TEST(Condition, AnEnvironmentOrServiceThatNobodyKnowsIsUndecided) {
  Condition c;
  c.environment = {"prod*"};
  Finding finding = cve();
  EXPECT_EQ(check(c, finding), Truth::undecided);
  finding.environment = "staging";
  EXPECT_EQ(check(c, finding), Truth::no);
  c = {};
  c.service = {"*"};
  EXPECT_EQ(check(c, finding), Truth::yes);
}

}  // namespace
}  // namespace patchbot
