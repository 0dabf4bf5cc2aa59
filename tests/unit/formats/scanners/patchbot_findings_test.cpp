// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/patchbot_findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/finding_json.hpp"
#include "reading.hpp"

namespace patchbot {
namespace {

using test::read_report;
using testing::HasSubstr;
using testing::SizeIs;

Finding whole() {
  Finding f;
  f.kind = Kind::compliance;
  f.severity = Severity::high;
  f.severity_source = "result";
  f.source = "nessus";
  f.source_version = "10.8";
  f.source_status = "recasted";
  f.status = Status::reopened;
  f.native_id = "21157";
  f.title = "A \"title\"";
  f.synopsis = "syn\nopsis";
  f.vuln_ids = {"CVE-2026-1", "CVE-2026-2"};
  f.cwes = {"CWE-79"};
  f.asset = {"1/eu/shop", "web-7", "10.0.0.1", "i-0123456789abcdef0", "1", "eu"};
  f.location = {22,
                "tcp",
                "ssh",
                "openssh",
                "deb",
                "pkg:deb/openssh",
                "9.7",
                "/usr",
                "check",
                "c1",
                "CIS",
                3};
  f.check_result = CheckResult::failed;
  f.check_list = "CIS 7";
  f.cvss = {{"3.1", "CVSS:3.1/AV:N", 9.8, "E:U", 8.5, "nvd"}, {"2.0", "", {}, "", {}, ""}};
  f.vpr = 9.1;
  f.epss = Epss{0.94, 0.99, "v2026.06.15", parse_date("2026-11-22")};
  f.kev = Kev{parse_date("2021-12-10"), parse_date("2021-12-24"), true};
  f.exploit = "active";
  f.exploit_refs = {"metasploit"};
  f.fix = {true, {"9.8"}, "Upgrade\nnow"};
  f.published_at = parse_rfc3339("2024-07-01T00:00:00Z");
  f.seen_at = parse_rfc3339("2026-11-23T06:00:00Z");
  f.first_seen = parse_rfc3339("2026-11-01T00:00:00Z");
  f.last_seen = parse_rfc3339("2026-11-22T00:00:00Z");
  f.xrefs = {"IAVA:1", "IAVA:1"};
  f.refs = {"https://example.com/a"};
  f.evidence = "seen\n  here";
  return f;
}

std::string line_of(const Finding& finding) {
  std::string line;
  append_finding_line(line, finding, Evidence::keep);
  return line;
}

TEST(PatchbotFindings, ComeBackAsTheyWereWritten) {
  const Finding written = whole();
  const auto told = read_report(line_of(written));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "patchbot-findings");
  ASSERT_THAT(told.findings, SizeIs(1));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "web-7");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.1");
  EXPECT_EQ(told.hosts[0].instance, "i-0123456789abcdef0");
  EXPECT_EQ(told.hosts[0].account, "1");
  EXPECT_EQ(told.hosts[0].region, "eu");
  EXPECT_EQ(told.hosts[0].seen_at, written.seen_at);
  // What the caller adds again: the asset of the host, and the order of repetitions.
  Finding read = told.findings[0];
  read.asset = written.asset;
  read.location.ordinal = written.location.ordinal;
  EXPECT_EQ(line_of(read), line_of(written));
  EXPECT_EQ(identity_of(read), identity_of(written));
}

TEST(PatchbotFindings, EveryEnumerationComesBack) {
  for (int i = 0; i <= static_cast<int>(Kind::exposure); ++i) {
    Finding f = whole();
    f.kind = static_cast<Kind>(i);
    EXPECT_EQ(read_report(line_of(f)).findings.at(0).kind, f.kind);
  }
  for (Severity severity : severities_worst_first) {
    Finding f = whole();
    f.severity = severity;
    EXPECT_EQ(read_report(line_of(f)).findings.at(0).severity, severity);
  }
  for (int i = 0; i <= static_cast<int>(CheckResult::skipped); ++i) {
    Finding f = whole();
    f.check_result = static_cast<CheckResult>(i);
    EXPECT_EQ(read_report(line_of(f)).findings.at(0).check_result, f.check_result);
  }
  for (int i = 0; i <= static_cast<int>(Status::reopened); ++i) {
    Finding f = whole();
    f.status = static_cast<Status>(i);
    EXPECT_EQ(read_report(line_of(f)).findings.at(0).status, f.status);
  }
}

TEST(PatchbotFindings, AnotherRunsDecisionsAreNotBelieved) {
  Finding f = whole();
  f.team = "somebody else";
  f.service = "shop";
  f.environment = "staging";
  f.waiver = WaiverNote{"w1", "Ann", "later", *parse_date("2026-12-31")};
  f.gate = {GateLevel::fail, "fail-on-high"};
  const Finding read = read_report(line_of(f)).findings.at(0);
  EXPECT_EQ(read.team, "");
  EXPECT_EQ(read.environment, "");
  EXPECT_EQ(read.waiver, std::nullopt);
  EXPECT_EQ(read.gate, GateDecision{});
}

TEST(PatchbotFindings, HoldsManyHosts) {
  Finding other = whole();
  other.asset = {"db", "", "", "", "", ""};
  const auto told = read_report(line_of(whole()) + line_of(whole()) + line_of(other));
  EXPECT_THAT(told.findings, SizeIs(3));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[1].name, "db");
}

TEST(PatchbotFindings, WhatIsOutOfRangeIsLeftOut) {
  const auto told = read_report(
      R"({"schema":"patchbot.finding/1","kind":"odd","severity":"spicy","status":"gone",)"
      R"("asset":{"id":"a"},"location":{"port":70000},"vpr":11,"epss":{"score":2},)"
      R"("kev":{"listed":false},"cvss":[{"version":"3.1","score":-1}],"seen_at":"soon"})");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::unknown);
  EXPECT_EQ(f.status, Status::unknown);
  EXPECT_EQ(f.location.port, std::nullopt);
  EXPECT_EQ(f.vpr, std::nullopt);
  EXPECT_EQ(f.epss, std::nullopt);
  EXPECT_EQ(f.kev, std::nullopt);
  EXPECT_EQ(f.cvss.at(0).score, std::nullopt);
  EXPECT_EQ(f.seen_at, std::nullopt);
}

TEST(PatchbotFindings, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(line_of(whole()) + "{\"schema\": oops");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("2:12"));
}

}  // namespace
}  // namespace patchbot
