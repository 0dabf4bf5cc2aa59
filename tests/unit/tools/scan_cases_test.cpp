// SPDX-License-Identifier: Apache-2.0
#include "scan_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::HasSubstr;
using Outcome = TestCase::Outcome;

ScannedHost good_host(const std::string& name) {
  ScannedHost host;
  host.finished = true;
  host.name = name;
  host.authenticated = true;
  return host;
}

class ScanCases : public testing::Test {
 protected:
  ScanCases() { summary.hosts_scanned = 1; }

  std::vector<ScanProblem> problems() {
    HostTable table(inventory, GroupBy::asset);
    for (const ScannedHost& host : scanned) table.note(host);
    return find_scan_problems(summary, table, inventory, coverage, limits, asked);
  }

  std::string told() {
    std::string text;
    for (const ScanProblem& p : problems()) text += p.rule + "(" + p.team + ") " + p.example + "; ";
    return text;
  }

  Summary summary;
  Inventory inventory;
  Coverage coverage;
  std::vector<ScannedHost> scanned{good_host("a")};
  std::vector<std::string> limits;
  ScanQuestions asked;
};

TEST_F(ScanCases, FindNothingWrongWithAGoodScan) {
  summary.inputs = {{"a.nessus", "nessus-v2", true, 1, 1, ""}};

  EXPECT_EQ(told(), "");
}

TEST_F(ScanCases, FindIncompleteInputs) {
  summary.inputs = {{"a", "x", true, 1, 1, ""}, {"b", "x", false, 1, 1, "is cut"}};
  inventory.partial = true;
  inventory.problems = {"no rights", "too slow"};

  EXPECT_EQ(told(), "incomplete-input() b; incomplete-input() inventory; ");
  EXPECT_EQ(problems()[1].text, "the inventory is partial: no rights; too slow");
}

TEST_F(ScanCases, FindThatNoHostWasScanned) {
  summary.hosts_scanned = 0;
  scanned.clear();

  EXPECT_EQ(told(), "no-host() scan; ");
}

TEST_F(ScanCases, FindMissingTargetsOfTheirTeams) {
  inventory.targets.resize(2);
  inventory.targets[0].id = "i-1";
  inventory.targets[0].team = "web";
  inventory.targets[1].id = "i-2";
  coverage.missing = {&inventory.targets[0], &inventory.targets[1]};

  EXPECT_EQ(told(), "missing-target(web) i-1; missing-target(unowned) i-2; ");
}

TEST_F(ScanCases, FindUnfinishedUnauthenticatedAndAmbiguousHosts) {
  inventory.targets.resize(2);
  inventory.targets[0].addresses = inventory.targets[1].addresses = {"c"};
  inventory.targets[0].team = "web";
  scanned = {good_host("a"), good_host("b"), good_host("c"), good_host("d")};
  scanned[0].finished = false;
  scanned[1].authenticated = false;
  scanned[3].authenticated.reset();

  EXPECT_EQ(told(),
            "unfinished-host(unowned) a; unauthenticated-host(unowned) b; "
            "ambiguous-host(unowned) c; unauthenticated-host(unowned) d; ");
  EXPECT_THAT(problems()[1].text, HasSubstr("b was scanned without credentials"));
  EXPECT_THAT(problems()[3].text, HasSubstr("d shows no evidence of a credentialed scan"));
  asked.allow_unauthenticated = true;
  EXPECT_EQ(told(), "unfinished-host(unowned) a; ambiguous-host(unowned) c; ");
}

TEST_F(ScanCases, FindHostsThatNobodyLookedAtLately) {
  asked.now = *parse_rfc3339("2026-11-23T06:00:00Z");
  scanned = {good_host("fresh"), good_host("stale"), good_host("dateless")};
  scanned[0].seen_at = *parse_rfc3339("2026-11-16T06:00:00Z");
  scanned[1].seen_at = *parse_rfc3339("2026-11-16T05:59:59Z");
  EXPECT_EQ(told(), "") << "any age is accepted unless asked";

  asked.max_age_days = 7;
  EXPECT_EQ(told(), "stale-host(unowned) stale; stale-host(unowned) dateless; ");
  EXPECT_THAT(problems()[0].text,
              HasSubstr("stale was last looked at on 2026-11-16, and not within 7 days"));
  EXPECT_THAT(problems()[1].text, HasSubstr("dateless shows no date of its scan"));
}

TEST_F(ScanCases, TheLatestLookCounts) {
  asked.now = *parse_rfc3339("2026-11-23T06:00:00Z");
  asked.max_age_days = 7;
  scanned = {good_host("a"), good_host("a"), good_host("a")};
  scanned[0].seen_at = *parse_rfc3339("2026-10-01T00:00:00Z");
  scanned[1].seen_at = *parse_rfc3339("2026-11-22T00:00:00Z");

  EXPECT_EQ(told(), "");
}

TEST_F(ScanCases, FindThatTheLicenceLeftHostsOut) {
  limits = {"TRIM = 10.0.0.9"};

  EXPECT_EQ(told(), "licence-limit() TRIM = 10.0.0.9; ");
}

TEST_F(ScanCases, AnswerEveryQuestion) {
  const auto cases = scan_cases({}, {});

  ASSERT_EQ(cases.size(), 7U);
  for (const TestCase& test : cases) {
    EXPECT_EQ(test.class_name, "patchbot.scan.all");
    EXPECT_EQ(test.outcome, Outcome::passed);
  }
}

TEST_F(ScanCases, AnswerHowLateTheScanIsOnlyWhenAsked) {
  asked.max_age_days = 7;
  const auto cases = scan_cases({}, asked);

  ASSERT_EQ(cases.size(), 8U);
  EXPECT_EQ(cases[5].name, "every host was looked at lately");
}

TEST_F(ScanCases, FailForEachProblemInThePlaceOfItsAnswer) {
  const auto cases = scan_cases({{"missing-target", "web.ops", "i-1 was scanned", "gone", "i-1"},
                                 {"missing-target", "pay", "i-2 was scanned", "gone", "i-2"}},
                                {});

  ASSERT_EQ(cases.size(), 8U);
  EXPECT_EQ(cases[2].class_name, "patchbot.scan.web_ops");
  EXPECT_EQ(cases[2].name, "i-1 was scanned");
  EXPECT_EQ(cases[2].outcome, Outcome::failed);
  EXPECT_EQ(cases[2].message, "FAIL scan: gone");
  EXPECT_EQ(cases[3].class_name, "patchbot.scan.pay");
}

TEST_F(ScanCases, TellATeamOfItsOwnAndOfCommonProblems) {
  const std::vector<ScanProblem> found{{"r", "web", "n", "web's", "e"},
                                       {"r", "pay", "n", "pay's", "e"},
                                       {"r", "", "n", "everybody's", "e"}};
  const TestCase web = team_scan_case("web", found, 1);

  EXPECT_EQ(web.class_name, "patchbot.web.scan");
  EXPECT_EQ(web.outcome, Outcome::failed);
  EXPECT_EQ(web.message, "FAIL scan: 2 things keep this result from being complete");
  EXPECT_EQ(web.text, "web's\neverybody's\n");
}

TEST_F(ScanCases, SkipATeamWithoutMachinesAndPassAGoodOne) {
  EXPECT_EQ(team_scan_case("web", {}, 0).outcome, Outcome::skipped);
  EXPECT_EQ(team_scan_case("web", {}, 1).outcome, Outcome::passed);
}

TEST_F(ScanCases, ListTwentyProblemsOfATeam) {
  const std::vector<ScanProblem> many(25, {"r", "web", "n", "text", "e"});

  EXPECT_THAT(team_scan_case("web", many, 1).text, HasSubstr("text\nand 5 more\n"));
}

TEST_F(ScanCases, MakeTheGateFail) {
  summary.teams["web"];
  summary.teams["pay"].worst = GateLevel::warn;
  add_reasons(
      summary,
      {{"missing-target", "web", "n", "t", "i-1"}, {"missing-target", "web", "n", "t", "i-2"}});
  EXPECT_EQ(summary.verdict(), GateLevel::fail);
  ASSERT_EQ(summary.reasons.size(), 1U);
  EXPECT_EQ(summary.reasons[0].count, 2U);
  EXPECT_EQ(summary.reasons[0].example, "i-1");
  EXPECT_EQ(summary.teams["web"].worst, GateLevel::fail);
  EXPECT_EQ(summary.teams["pay"].worst, GateLevel::warn);

  add_reasons(summary, {{"no-host", "", "n", "t", "scan"}});
  EXPECT_EQ(summary.teams["pay"].worst, GateLevel::fail);
}

}  // namespace
}  // namespace patchbot
