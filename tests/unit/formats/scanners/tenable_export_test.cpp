// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/tenable_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace patchbot {
namespace {

using test::read_report;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string asset = R"("asset":{"uuid":"0001","hostname":"web1","fqdn":"web1.example",
  "ipv4":"10.0.0.7","ipv6":"2001:db8::7","netbios_name":"WEB1","agent_uuid":"0f0f",
  "operating_system":["Linux"]})";

const std::string curl = "{" + asset + R"(,
  "output": "\n  Path              : /usr/bin/curl\n  Installed version : 8.1\n  Fixed version     : 8.2\n",
  "plugin": {
    "id": 100760, "name": "curl < 8.2", "family": "Misc.", "type": "local", "version": "1.21",
    "synopsis": "It is old.", "description": "Many\nthings.", "solution": "Update it.",
    "risk_factor": "High", "cve": ["CVE-2026-1000", "CVE-2026-1001"], "bid": [98819],
    "cvss_base_score": 7.5, "cvss_vector": {"raw": "AV:N/AC:L/Au:N/C:P/I:P/A:P"},
    "cvss3_base_score": 9.8, "cvss3_temporal_score": 8.8,
    "cvss3_vector": {"raw": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
    "cvss3_temporal_vector": {"raw": "E:P/RL:O/RC:C"},
    "vpr": {"score": 6.7}, "vpr_v2": {"score": 8.1, "on_cisa_kev": true}, "epss_score": 12.5,
    "exploit_available": true, "exploit_framework_metasploit": true, "exploited_by_malware": null,
    "metasploit_name": "Curl Thing", "has_patch": true,
    "patch_publication_date": "2026-10-01T00:00:00Z", "vuln_publication_date": "2026-09-30T00:00:00Z",
    "see_also": ["https://example.com/a", "https://example.com/b"],
    "ms_bulletin": ["MS26-001"],
    "xrefs": [{"type": "CISA-KNOWN-EXPLOITED", "id": "2026/10/22"}, {"type": "CWE", "id": "125"},
              {"type": "MSFT", "id": "MS26-001"}]},
  "port": {"port": 443, "protocol": "TCP", "service": "www"},
  "scan": {"uuid": "s", "started_at": "2026-11-22T03:00:00Z", "completed_at": "2026-11-22T04:00:00.1Z"},
  "severity": "high", "severity_id": 3, "severity_default_id": 3,
  "severity_modification_type": "NONE", "first_found": "2026-10-02T00:00:00Z",
  "last_found": "2026-11-22T03:30:00.123Z", "state": "OPEN", "finding_id": "f"})";

std::string item_of(const std::string& its_asset, const std::string& members) {
  return R"({"asset":)" + its_asset + R"(,"plugin":{"id":1,"name":"p"},)" + members + "}";
}

TEST(TenableExport, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report("[" + curl + "]");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "tenable-export");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "tenable");
  EXPECT_EQ(f.source_status, "");
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.native_id, "100760");
  EXPECT_EQ(f.title, "curl < 8.2");
  EXPECT_EQ(f.synopsis, "It is old.");
  EXPECT_EQ(f.description, "Many\nthings.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "CVE-2026-1001"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-125"));
  EXPECT_EQ(f.location.port, 443);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.service, "www");
  EXPECT_EQ(f.location.installed, "8.1");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("8.2"));
  EXPECT_EQ(f.fix.solution, "Update it.");
  EXPECT_THAT(f.cvss,
              ElementsAre(Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5, "", {}, ""},
                          Cvss{"3.1",
                               "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                               9.8,
                               "E:P/RL:O/RC:C",
                               8.8,
                               ""}));
  EXPECT_EQ(f.vpr, 6.7);
  EXPECT_EQ(f.epss, (Epss{0.125, {}, {}, {}}));
  ASSERT_TRUE(f.kev);
  EXPECT_EQ(f.kev->due, parse_date("2026-10-22"));
  EXPECT_EQ(f.exploit, "active");
  EXPECT_THAT(f.exploit_refs, ElementsAre("metasploit", "metasploit:Curl Thing"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/a", "https://example.com/b"));
  EXPECT_THAT(
      f.xrefs,
      ElementsAre("BID:98819", "MSFT:MS26-001", "CISA-KNOWN-EXPLOITED:2026/10/22", "CWE:125"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-09-30T00:00:00Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-10-02T00:00:00Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-22T03:30:00Z"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T04:00:00Z"));
  EXPECT_THAT(f.evidence, HasSubstr("Installed version : 8.1"));
}

TEST(TenableExport, NamesTheMachine) {
  const auto told = read_report("[" + curl + "]");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "web1");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.7");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("2001:db8::7", "web1.example", "WEB1"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
}

// Scans of one asset found it under its name, or by its address alone.
TEST(TenableExport, OneAssetIsOneMachine) {
  const auto told = read_report(
      "[" +
      item_of(R"({"uuid":"1","hostname":"10.0.0.7","fqdn":"web1.example","ipv4":"10.0.0.7"})",
              R"("severity":"low")") +
      "," +
      item_of(R"({"uuid":"1","hostname":"10.0.0.8","ipv4":"10.0.0.8"})", R"("severity":"low")") +
      "," + item_of(R"({"uuid":"2","hostname":"i-0123456789abcdef0"})", R"("severity":"low")") +
      "]");
  EXPECT_THAT(told.findings, SizeIs(3));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "web1.example");
  EXPECT_EQ(told.hosts[1].instance, "i-0123456789abcdef0");
}

// What is the same in records of one asset is understood once; what is not, each time.
TEST(TenableExport, EachRecordSaysWhenItWasSeenAndHow) {
  const std::string machine = R"({"uuid":"1","hostname":"web1"})";
  const std::string at = R"("severity":"low","scan":{"completed_at":"2026-11-)";
  const auto told = read_report(
      "[" + item_of(machine, at + R"(21T04:00:00Z"})") + "," +
      item_of(machine, at + R"(22T04:00:00Z"})") + "," +
      item_of(R"({"uuid":"1","hostname":"web1","agent_uuid":"0f"})", at + R"(22T04:00:00Z"})") +
      "]");
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-21T04:00:00Z"));
  EXPECT_EQ(told.hosts[1].seen_at, parse_rfc3339("2026-11-22T04:00:00Z"));
  EXPECT_EQ(told.hosts[1].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[2].authenticated, true);
}

// Records without an id of an asset are told apart by what else they say.
TEST(TenableExport, ARecordWithAnIdAloneIsAMachine) {
  const std::string check =
      R"("check_name":"c","check_id":"d","audit_file":"a","status":"PASSED"})";
  const auto told =
      read_report(R"([{"asset_uuid":"0001",)" + check + R"(,{"asset_uuid":"0002",)" + check + "]");
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "0001");
  EXPECT_EQ(told.hosts[1].name, "0002");
}

TEST(TenableExport, EvidenceOfALogin) {
  const auto seen = [](const std::string& its_asset, const std::string& output = "") {
    return read_report("[" +
                       item_of(R"({"uuid":"1","hostname":"h")" + its_asset + "}",
                               R"("severity":"info")" + output) +
                       "]")
        .hosts.at(0)
        .authenticated;
  };
  EXPECT_EQ(seen(""), std::nullopt);
  EXPECT_EQ(seen(R"(,"agent_uuid":"0f")"), true);
  EXPECT_EQ(seen(R"(,"last_authenticated_results":"2026-11-22T04:00:00Z")"), true);
  EXPECT_EQ(seen(R"(,"last_unauthenticated_results":"2026-11-22T04:00:00Z")"), false);
  EXPECT_EQ(seen(R"(,"last_authenticated_results":"2026-11-01T04:00:00Z",
                     "last_unauthenticated_results":"2026-11-22T04:00:00Z")"),
            false);
  const auto told = read_report(R"([{"asset":{"uuid":"1","hostname":"h"},"severity":"info",
    "plugin":{"id":19506,"name":"Nessus Scan Information"},
    "output":"Information :\n\nCredentialed checks : no\n"}])");
  EXPECT_EQ(told.hosts.at(0).authenticated, false);
}

TEST(TenableExport, StatesAndModifications) {
  const std::string host = R"({"uuid":"1","hostname":"h"})";
  const auto told =
      read_report("[" + item_of(host, R"("severity":"high","state":"FIXED")") + "," +
                  item_of(host, R"("severity":"high","state":"REOPENED")") + "," +
                  item_of(host, R"("severity":"low","severity_default_id":4,"state":"open",
                       "severity_modification_type":"RECASTED","recast_reason":"not used")") +
                  "," + item_of(host, R"("severity":"high","severity_default_id":3,
                       "severity_modification_type":"ACCEPTED")") +
                  "]");
  ASSERT_THAT(told.findings, SizeIs(4));
  const auto& f = told.findings;
  EXPECT_EQ(f[0].status, Status::fixed);
  EXPECT_EQ(f[1].status, Status::reopened);
  EXPECT_EQ(f[2].status, Status::open);
  EXPECT_EQ(f[2].severity, Severity::low);
  EXPECT_EQ(f[2].source_status, "RECASTED, was critical: not used");
  EXPECT_EQ(f[3].severity, Severity::high);
  EXPECT_EQ(f[3].source_status, "ACCEPTED");
}

TEST(TenableExport, AnUnknownSeverityIsNotLow) {
  const std::string host = R"({"uuid":"1","hostname":"h"})";
  const auto told = read_report("[" + item_of(host, R"("severity":"spicy")") + "," +
                                item_of(host, R"("state":"OPEN")") + "," +
                                item_of(host, R"("severity_id":4)") + "]");
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].severity, Severity::unknown);
  EXPECT_EQ(told.findings[1].severity, Severity::unknown);
  EXPECT_EQ(told.findings[2].severity, Severity::critical);
}

TEST(TenableExport, AnEpssOfOnePercentOrLessIsPercentToo) {
  const auto told = read_report(
      R"([{"asset":{"uuid":"1","hostname":"h"},"plugin":{"id":1,"epss_score":0.5}},
          {"asset":{"uuid":"1","hostname":"h"},"plugin":{"id":1,"epss_score":250}}])");
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].epss, (Epss{0.005, {}, {}, {}}));
  EXPECT_EQ(told.findings[0].title, "plugin 1");
  EXPECT_EQ(told.findings[1].epss, std::nullopt);
}

TEST(TenableExport, ReadsChecksOfAConfiguration) {
  const auto told = read_report(
      R"([{"asset_uuid":"0001","audit_file":"cis.audit","check_id":"0a0a","check_name":"1.1 Separate /tmp",
           "plugin_id":21157,"status":"FAILED","expected_value":"mounted","actual_value":"not\nmounted",
           "check_info":"Why.","solution":"Mount it.","see_also":"https://example.com/cis",
           "reference":[{"framework":"CSCv8","control":"3.3"}],
           "compliance_benchmark_name":"CIS Linux","first_seen":"2026-10-02T00:00:00Z",
           "last_seen":"2026-11-22T00:00:00Z","state":"ACTIVE",
           "asset":{"id":"0001","name":"web1","ipv4_addresses":["10.0.0.7"],"fqdns":["web1.example"]}},
          {"asset_uuid":"0001","check_name":"1.2","check_id":"0b","status":"PASSED"},
          {"asset_uuid":"0001","check_name":"1.3","check_id":"0c","status":"WARNING"},
          {"asset_uuid":"0001","check_name":"1.4","check_id":"0d","status":"ERROR"}])");
  EXPECT_EQ(told.fault, "nothing");
  ASSERT_THAT(told.findings, SizeIs(4));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::compliance);
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "result");
  EXPECT_EQ(f.native_id, "21157");
  EXPECT_EQ(f.title, "1.1 Separate /tmp");
  EXPECT_EQ(f.location.check, "1.1 Separate /tmp");
  EXPECT_EQ(f.location.check_id, "0a0a");
  EXPECT_EQ(f.location.benchmark, "CIS Linux");
  EXPECT_EQ(f.check_list, "CIS Linux");
  EXPECT_EQ(f.description, "Why.");
  EXPECT_EQ(f.fix.solution, "Mount it.");
  EXPECT_EQ(f.evidence, "expected value: mounted\nactual value: not\nmounted");
  EXPECT_THAT(f.xrefs, ElementsAre("CSCv8:3.3"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/cis"));
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-22T00:00:00Z"));
  EXPECT_EQ(told.findings[1].check_result, CheckResult::passed);
  EXPECT_EQ(told.findings[1].severity, Severity::info);
  EXPECT_EQ(told.findings[2].severity, Severity::medium);
  EXPECT_EQ(told.findings[3].severity, Severity::unknown);
  EXPECT_EQ(told.hosts.at(0).name, "web1");
  EXPECT_EQ(told.hosts.at(0).address, "10.0.0.7");
}

TEST(TenableExport, ReadsLinesAndChunksOneAfterTheOther) {
  EXPECT_THAT(read_report(curl + "\n" + curl).findings, SizeIs(2));
  EXPECT_THAT(read_report("[" + curl + "]\n[" + curl + "]").findings, SizeIs(2));
}

TEST(TenableExport, IsRecognisedThoughALongOutputComesFirst) {
  const std::string output(100000, 'x');
  const auto told = read_report(R"([{"asset":{"uuid":"1","hostname":"h"},"output":")" + output +
                                R"(","plugin":{"id":1,"name":"p"},"severity":"low"}])");
  EXPECT_EQ(told.format, "tenable-export");
  EXPECT_THAT(told.findings, SizeIs(1));
}

TEST(TenableExport, NothingAtAllIsNoReport) {
  const auto told = read_report("[]");
  EXPECT_THAT(told.fault, HasSubstr("is not a report"));
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(TenableExport, WhatWasReadBeforeABreakStands) {
  const auto told = read_report("[" + curl + R"(,{"asset": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
