// SPDX-License-Identifier: Apache-2.0
#include "model/severity.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(Severity, IsWrittenAndReadBack) {
  for (Severity severity : severities_worst_first) {
    EXPECT_EQ(parse_severity(to_text(severity)), severity) << to_text(severity);
  }
  EXPECT_EQ(to_text(Severity::unknown), "unknown");
  EXPECT_EQ(to_text(Severity::critical), "critical");
}

TEST(Severity, IsReadInAnyCaseAndInTheWordsOfOtherScanners) {
  EXPECT_EQ(parse_severity(" HIGH "), Severity::high);
  EXPECT_EQ(parse_severity("None"), Severity::info);
  EXPECT_EQ(parse_severity("Informational"), Severity::info);
  EXPECT_EQ(parse_severity("moderate"), Severity::medium);
  EXPECT_EQ(parse_severity("Important"), Severity::high);
}

TEST(Severity, IsNoneForAnyOtherWord) {
  for (const char* word : {"", "4", "hig", "high!", "severe"})
    EXPECT_EQ(parse_severity(word), std::nullopt) << word;
}

TEST(Severity, OfAScoreFollowsTheBandsOfCvss3) {
  EXPECT_EQ(severity_of_score(0.0), Severity::info);
  EXPECT_EQ(severity_of_score(0.1), Severity::low);
  EXPECT_EQ(severity_of_score(3.9), Severity::low);
  EXPECT_EQ(severity_of_score(4.0), Severity::medium);
  EXPECT_EQ(severity_of_score(6.9), Severity::medium);
  EXPECT_EQ(severity_of_score(7.0), Severity::high);
  EXPECT_EQ(severity_of_score(8.9), Severity::high);
  EXPECT_EQ(severity_of_score(9.0), Severity::critical);
  EXPECT_EQ(severity_of_score(10.0), Severity::critical);
}

TEST(Severity, UnknownIsNeverAtLeastAnything) {
  EXPECT_FALSE(is_at_least(Severity::unknown, Severity::info));
  EXPECT_FALSE(is_at_least(Severity::unknown, Severity::unknown));
  EXPECT_TRUE(is_at_least(Severity::high, Severity::high));
  EXPECT_FALSE(is_at_least(Severity::medium, Severity::high));
}

}  // namespace
}  // namespace patchbot
