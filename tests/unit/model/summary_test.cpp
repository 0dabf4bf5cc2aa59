// SPDX-License-Identifier: Apache-2.0
#include "model/summary.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(Summary, VerdictIsTheWorstOfItsReasons) {
  Summary summary;
  EXPECT_EQ(summary.verdict(), GateLevel::none);
  summary.reasons = {{"a", GateLevel::warn, 1, ""}, {"b", GateLevel::note, 9, ""}};
  EXPECT_EQ(summary.verdict(), GateLevel::warn);
  summary.reasons.push_back({"c", GateLevel::fail, 1, ""});
  EXPECT_EQ(summary.verdict(), GateLevel::fail);
}

TEST(Summary, VerdictWordsAreThree) {
  EXPECT_EQ(verdict_text(GateLevel::fail), "fail");
  EXPECT_EQ(verdict_text(GateLevel::warn), "warn");
  EXPECT_EQ(verdict_text(GateLevel::note), "pass");
  EXPECT_EQ(verdict_text(GateLevel::none), "pass");
}

TEST(SeverityCounts, CountEachSeverityApart) {
  SeverityCounts counts;
  ++counts[Severity::unknown];
  counts[Severity::critical] += 3;

  const SeverityCounts& seen = counts;
  EXPECT_EQ(seen[Severity::unknown], 1U);
  EXPECT_EQ(seen[Severity::critical], 3U);
  EXPECT_EQ(seen[Severity::high], 0U);
}

}  // namespace
}  // namespace patchbot
