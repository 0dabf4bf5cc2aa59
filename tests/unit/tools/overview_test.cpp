// SPDX-License-Identifier: Apache-2.0
#include "overview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::HasSubstr;
using testing::Not;

Summary summary() {
  Summary s;
  s.teams["checkout"].findings[Severity::critical] = 2;
  s.teams["checkout"].waived = 1;
  s.teams["checkout"].worst = GateLevel::fail;
  s.hosts_scanned = 3;
  s.hosts_unauthenticated = 1;
  s.reasons = {{"fail-on-critical", GateLevel::fail, 2, "x"}, {"w", GateLevel::warn, 1, "y"}};
  return s;
}

TEST(Overview, ShowsTeamsHostsAndVerdict) {
  EXPECT_EQ(to_overview(summary(), {}, {}, false),
            "team     critical     high   medium      low     info  unknown   waived  gate\n"
            "checkout        2        0        0        0        0        0        1  FAIL\n"
            "\n"
            "hosts scanned: 3, without credentials: 1\n"
            "gate: FAIL (2 fail-on-critical, 1 w)\n");
}

TEST(Overview, OfNothingPasses) {
  EXPECT_THAT(to_overview({}, {}, {}, false), HasSubstr("gate: PASS\n"));
}

TEST(Overview, ShowsTheWorstFindingsFirst) {
  const GatedPlugins gated{{"1", {"Warned", "", Severity::critical, GateLevel::warn, false, 9}},
                           {"2", {"Failed", "CVE-1", Severity::high, GateLevel::fail, false, 1}},
                           {"3", {"Worse", "", Severity::critical, GateLevel::fail, false, 1}},
                           {"4", {"Exploited", "", Severity::critical, GateLevel::fail, true, 1}}};

  EXPECT_THAT(to_overview(summary(), gated, {}, false),
              testing::StartsWith("worst findings:\n"
                                  "  FAIL critical     1x  Exploited, known exploited\n"
                                  "  FAIL critical     1x  Worse\n"
                                  "  FAIL high         1x  Failed (CVE-1)\n"
                                  "  WARN critical     9x  Warned\n\n"));
}

TEST(Overview, ShowsTenFindingsAndTenProblems) {
  GatedPlugins gated;
  for (int i = 0; i < 15; ++i)
    gated.emplace(std::to_string(i),
                  GatedPlugin{"T", "", Severity::high, GateLevel::fail, false, 1});
  const std::vector<ScanProblem> problems(13, {"r", "web", "n", "wr\nong", "e"});

  const std::string text = to_overview(summary(), gated, problems, false);

  EXPECT_THAT(text, HasSubstr("  and 5 more\n"));
  EXPECT_THAT(text, HasSubstr("the scan does not tell everything:\n  web: wr ong\n"));
  EXPECT_THAT(text, HasSubstr("  and 3 more\n"));
}

TEST(Overview, CallsOutWhatIsNewlyExploited) {
  const Date since = *parse_date("2026-11-16");
  Summary s = summary();
  EXPECT_THAT(to_overview(s, {}, {}, false), Not(HasSubstr("exploited")));
  s.newly_exploited = ExploitedSince{since, {}};
  EXPECT_THAT(to_overview(s, {}, {}, false),
              HasSubstr("listed as known exploited since the last run (2026-11-16): none of these "
                        "findings\n\n"));
  s.newly_exploited->vulnerabilities.assign(12, {"CVE-2024-1", since, 3, 2, {"pay", "shop"}});
  s.newly_exploited->vulnerabilities[1] = {"CVE-2024-2", since, 1, 0, {"shop"}};
  const std::string text = to_overview(s, {}, {}, false);
  EXPECT_THAT(text,
              HasSubstr("(2026-11-16):\n"
                        "  CVE-2024-1 on 2026-11-16: 3 findings (2 waived), pay, shop\n"
                        "  CVE-2024-2 on 2026-11-16: 1 finding, shop\n"));
  EXPECT_THAT(text, HasSubstr("  and 2 more\n\n"));
}

TEST(Overview, CountsChecksAndExpectedHostsIfThereAreAny) {
  Summary s = summary();
  EXPECT_THAT(to_overview(s, {}, {}, false), Not(HasSubstr("compliance")));
  s.compliance = {0, 1, 2, 3, 4};
  s.hosts_expected = 5;
  const std::string text = to_overview(s, {}, {}, false);

  EXPECT_THAT(text,
              HasSubstr("compliance checks: 1 passed, 2 failed, 3 warnings, 4 could not be carried "
                        "out\n"));
  EXPECT_THAT(text, HasSubstr("hosts scanned: 3, without credentials: 1, expected: 5\n"));
}

TEST(Overview, IsColouredOnlyIfAsked) {
  EXPECT_THAT(to_overview(summary(), {}, {}, false), Not(HasSubstr("\x1B")));
  EXPECT_THAT(to_overview(summary(), {}, {}, true), HasSubstr("gate: \x1B[31;1mFAIL\x1B[0m ("));
}

}  // namespace
}  // namespace patchbot
