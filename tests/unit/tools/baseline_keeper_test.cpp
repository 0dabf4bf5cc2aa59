// SPDX-License-Identifier: Apache-2.0
#include "baseline_keeper.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

const Date today = *parse_date("2026-11-23");

Finding failing(std::uint64_t id) {
  Finding finding;
  finding.id = {0, id};
  finding.title = "t";
  finding.gate = {GateLevel::fail, "r"};
  return finding;
}

Finding pass(BaselineKeeper& keeper, Finding finding) {
  keeper.annotate(finding);
  keeper.apply(finding);
  return finding;
}

Baseline baseline_of(std::initializer_list<std::uint64_t> ids) {
  Baseline baseline;
  for (std::uint64_t id : ids) baseline.entries[{0, id}] = {*parse_date("2026-10-01"), "t", ""};
  return baseline;
}

TEST(BaselineKeeper, TheFirstTakesInWhatTheGateActsOnAndNothingElse) {
  BaselineKeeper keeper({}, today);
  EXPECT_EQ(pass(keeper, failing(1)).gate.level, GateLevel::fail) << "it gates until it is used";
  Finding harmless = failing(2);
  harmless.gate = {};
  EXPECT_EQ(pass(keeper, harmless).is_new, std::nullopt);

  const Baseline next = keeper.next(true);
  ASSERT_EQ(next.entries.size(), 1U);
  EXPECT_EQ(next.entries.at({0, 1}).since, today);
}

TEST(BaselineKeeper, WhatIsKnownGatesNoMoreAndWhatIsNewDoes) {
  BaselineKeeper keeper(baseline_of({1}), today);
  const Finding known = pass(keeper, failing(1));
  EXPECT_EQ(known.gate, (GateDecision{GateLevel::note, "baseline"}));
  EXPECT_EQ(known.is_new, false);
  const Finding fresh = pass(keeper, failing(2));
  EXPECT_EQ(fresh.gate.level, GateLevel::fail);
  EXPECT_EQ(fresh.is_new, true);
}

TEST(BaselineKeeper, ShrinksAfterACompleteScanAndNeverGrows) {
  BaselineKeeper keeper(baseline_of({1, 2, 3}), today);
  pass(keeper, failing(1));
  pass(keeper, failing(9));

  const Baseline next = keeper.next(true);
  ASSERT_EQ(next.entries.size(), 1U);
  EXPECT_EQ(next.entries.at({0, 1}).since, *parse_date("2026-10-01"));
  EXPECT_EQ(keeper.next(false).entries.size(), 3U) << "an incomplete scan proves nothing gone";
}

TEST(BaselineKeeper, WhatHasBecomeWorseGatesAgain) {
  Finding finding = failing(1);
  finding.severity = Severity::high;
  BaselineKeeper first({}, today);
  pass(first, finding);
  BaselineKeeper keeper(first.next(true), today);
  EXPECT_EQ(pass(keeper, finding).is_new, false);
  Finding worse = finding;
  worse.severity = Severity::critical;
  EXPECT_EQ(pass(keeper, worse).gate.level, GateLevel::fail);
  EXPECT_EQ(pass(keeper, worse).is_new, true);
  Finding exploited = finding;
  exploited.kev.emplace();
  EXPECT_EQ(pass(keeper, exploited).gate.level, GateLevel::fail);
  Finding milder = finding;
  milder.severity = Severity::low;
  EXPECT_EQ(pass(keeper, milder).gate.level, GateLevel::note);
  EXPECT_EQ(keeper.next(true).entries.size(), 1U);
}

}  // namespace
}  // namespace patchbot
