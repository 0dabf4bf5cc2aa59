// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_reader.hpp"

#include <gtest/gtest.h>

#include "formats/finding_json.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

Finding whole() {
  Finding f;
  f.id = {0x0123456789abcdef, 0xfedcba9876543210};
  f.kind = Kind::compliance;
  f.severity = Severity::high;
  f.severity_source = "result";
  f.source = "nessus";
  f.source_version = "10.8";
  f.source_status = "recasted";
  f.status = Status::reopened;
  f.native_id = "21157";
  f.title = "a \"quoted\" title";
  f.synopsis = "syn";
  f.description = "long\nstory";
  f.vuln_ids = {"CVE-1", "CVE-2"};
  f.cwes = {"CWE-79"};
  f.asset = {"1/eu/shop", "web-7", "10.0.0.1", "i-1", "1", "eu"};
  f.team = "web";
  f.service = "shop";
  f.environment = "staging";
  f.location = {
      22, "tcp", "ssh", "openssh", "deb", "pkg:deb/a", "9.7", "/usr", "check", "c1", "", 3};
  f.check_result = CheckResult::failed;
  f.check_list = "CIS";
  f.cvss = {{"3.1", "CVSS:3.1/AV:N", 9.8, "CVSS:3.1/E:P", 9.1, "nvd"}, {"2.0", "", {}, "", {}, ""}};
  f.vpr = 8.5;
  f.epss = Epss{0.25, 0.75, "v5", parse_date("2026-01-02")};
  f.kev = Kev{parse_date("2026-01-03"), parse_date("2026-01-24"), true};
  f.ssvc = Ssvc{"poc", true, "total"};
  f.exploit = "poc";
  f.exploit_refs = {"metasploit"};
  f.fix = {true, {"1.2", "1.3"}, "Upgrade.\nSoon."};
  f.published_at = parse_rfc3339("2026-01-01T00:00:00Z");
  f.seen_at = parse_rfc3339("2026-01-02T00:00:00Z");
  f.first_seen = parse_rfc3339("2026-01-03T00:00:00Z");
  f.last_seen = parse_rfc3339("2026-01-04T00:00:00Z");
  f.is_new = true;
  f.age_days = 7;
  f.sla = Sla{*parse_date("2026-02-01"), true, true};
  f.waiver = WaiverNote{"w", "Ann", "later\non", parse_date("2026-12-31").value()};
  f.gate = {GateLevel::note, "rule"};
  f.xrefs = {"IAVA:1"};
  f.refs = {"https://a.example"};
  f.evidence = "seen\nthere";
  return f;
}

std::string line_of(const Finding& finding) {
  std::string line;
  append_finding_line(line, finding, Evidence::keep);
  return line;
}

TEST(FindingReader, ReadsWhatWasWritten) {
  const std::string text = line_of(whole()) + line_of({}) + line_of(whole());
  const auto source = memory_source(text, 7);
  FindingReader reader(*source);
  Finding finding;
  std::string again;
  while (reader.next(finding)) again += line_of(finding);

  EXPECT_EQ(again, text);
}

TEST(FindingReader, LeavesAloneWhatItDoesNotKnow) {
  const auto source = memory_source(
      R"({"new":[1],"schema":"patchbot.finding/1","id":"00000000000000000000000000000001","kind":"x"})");
  FindingReader reader(*source);
  Finding finding;

  ASSERT_TRUE(reader.next(finding));
  EXPECT_EQ(finding.id, (Digest{0, 1}));
  EXPECT_FALSE(reader.next(finding));
}

TEST(FindingReader, RefusesOtherDocuments) {
  const auto fault = [](const std::string& text) {
    return fault_of([&] {
      const auto source = memory_source(text);
      FindingReader reader(*source);
      Finding finding;
      while (reader.next(finding)) {
      }
    });
  };
  const std::string refused =
      " is no finding; expected \"schema\":\"patchbot.finding/1\" and an \"id\", as "
      "junit-from-vulns --findings writes them";
  EXPECT_EQ(fault(R"({"schema":"patchbot.summary/1"})"), "input: document 1" + refused);
  EXPECT_EQ(fault(line_of({}) + R"({"schema":"patchbot.finding/1","id":"xyz"})"),
            "input: document 2" + refused);
  EXPECT_EQ(fault(line_of({}) + "{\"schema\""), "input 2:10: the file ends early, expected ':'");
}

}  // namespace
}  // namespace patchbot
