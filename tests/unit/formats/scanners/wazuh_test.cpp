// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/wazuh.hpp"

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

// ---- the API, up to 4.7

std::string answer_with(const std::string& items,
                        const std::string& total,
                        const std::string& failed = "",
                        const std::string& end =
                            R"("error":0,"message":"All selected vulnerabilities were returned")") {
  return R"({"data":{"affected_items":[)" + items + R"(],"failed_items":[)" + failed +
         R"(],"total_affected_items":)" + total + R"(,"total_failed_items":0},)" + end + "}";
}

const std::string curl = R"({
  "architecture": "amd64", "condition": "Package less than 7.88-2", "cve": "CVE-2026-5000",
  "cvss2_score": 0, "cvss3_score": 5.5, "detection_time": "2026-02-08T13:55:10Z",
  "external_references": ["https://example.com/a", "https://example.com/b"], "name": "curl",
  "published": "2026-01-01", "severity": "Medium", "status": "VALID",
  "title": "CVE-2026-5000 affects curl", "type": "PACKAGE", "updated": "2026-01-07",
  "version": "7.88-1", "agent_name": "web-1", "agent_ip": "10.0.0.7"})";

TEST(Wazuh, ReadsEveryFieldOfTheApi) {
  const auto told = read_report(answer_with(curl, "1"));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "wazuh");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "web-1");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.7");
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, std::nullopt);
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::medium);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "wazuh");
  EXPECT_EQ(f.source_status, "VALID");
  EXPECT_EQ(f.native_id, "CVE-2026-5000");
  EXPECT_EQ(f.title, "CVE-2026-5000 affects curl");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-5000"));
  EXPECT_EQ(f.location.package, "curl");
  EXPECT_EQ(f.location.installed, "7.88-1");
  EXPECT_THAT(f.cvss, ElementsAre(Cvss{"3.0", "", 5.5, "", {}, ""}));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("7.88-2"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/a", "https://example.com/b"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-01T00:00:00Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-02-08T13:55:10Z"));
  EXPECT_EQ(f.evidence,
            "condition: Package less than 7.88-2\narchitecture: amd64\nupdated: 2026-01-07");
}

TEST(Wazuh, ConditionsThatNameNoFixedVersion) {
  const auto told = read_report(answer_with(
      R"({"cve":"A","condition":"Package unfixed"},{"cve":"B","condition":"Package default status"},)"
      R"({"cve":"C","condition":"Package less than or equal to 3.2"},)"
      R"({"cve":"D","condition":"KB5000001 patch is not installed."},{"cve":"E","condition":null})",
      "5"));
  ASSERT_THAT(told.findings, SizeIs(5));
  EXPECT_EQ(told.findings[0].fix.available, false);
  for (std::size_t i : {1U, 2U, 4U}) EXPECT_EQ(told.findings[i].fix, Fix{}) << i;
  EXPECT_EQ(told.findings[3].fix.available, true);
  EXPECT_EQ(told.findings[3].fix.solution, "KB5000001 patch is not installed.");
}

TEST(Wazuh, AnUnknownSeverityIsNotLow) {
  const auto told = read_report(answer_with(
      R"({"cve":"A","severity":"Untriaged"},{"cve":"B","severity":"-","cvss3_score":0},{"name":"c"},)"
      R"({"cve":"D","severity":"-","cvss3_score":9.8,"cvss2_score":4})",
      "4"));
  EXPECT_EQ(told.format, "wazuh");
  ASSERT_THAT(told.findings, SizeIs(4));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(told.findings[i].severity, Severity::unknown) << i;
    EXPECT_THAT(told.findings[i].cvss, IsEmpty()) << i;
  }
  EXPECT_EQ(told.findings[3].severity, Severity::critical);
  EXPECT_EQ(told.findings[3].severity_source, "cvss3");
}

TEST(Wazuh, AnAnswerWithoutItemsIsKnownAndNamesNoMachine) {
  const auto told = read_report(answer_with("", "0"));
  EXPECT_EQ(told.format, "wazuh");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(Wazuh, AnAnswerThatIsNotWholeIsIncomplete) {
  EXPECT_THAT(read_report(answer_with(curl, "500")).facts.problems,
              ElementsAre("holds 1 of 500 vulnerabilities"));
  EXPECT_THAT(
      read_report(
          answer_with(curl,
                      "1",
                      R"({"error":{"code":1701,"message":"Agent does not exist"},"id":["009"]})",
                      R"("error":2,"message":"Some vulnerabilities were not returned")"))
          .facts.problems,
      ElementsAre("Wazuh failed for 1 agents: Agent does not exist"));
  EXPECT_THAT(
      read_report(
          answer_with("", "0", "", R"("error":1,"message":"No vulnerabilities were returned")"))
          .facts.problems,
      ElementsAre("Wazuh reports an error: No vulnerabilities were returned"));
}

TEST(Wazuh, PagesThatFollowEachOtherAreCountedTogether) {
  EXPECT_THAT(read_report(answer_with(curl, "2") + answer_with(curl, "2")).facts.problems,
              IsEmpty());
  EXPECT_THAT(read_report(answer_with(curl, "3") + answer_with(curl, "3")).facts.problems,
              ElementsAre("holds 2 of 3 vulnerabilities"));
  EXPECT_THAT(read_report(answer_with(curl, "2") + answer_with(curl, "1")).facts.problems,
              ElementsAre("holds 1 of 2 vulnerabilities"));
}

TEST(Wazuh, LoopbackAddressesNameNoMachine) {
  const auto told = read_report(
      answer_with(R"({"cve":"A","condition":"","agent_name":"manager","agent_ip":"127.0.0.1"},)"
                  R"({"cve":"B","agent_id":"007","agent_ip":"any"})",
                  "2"));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].address, "");
  EXPECT_EQ(told.hosts[1].name, "007");
  EXPECT_EQ(told.hosts[1].address, "");
}

// ---- the indexer, from 4.8

std::string search_with(const std::string& hits, const std::string& total) {
  return R"({"took":8,"timed_out":false,"_shards":{"total":1,"successful":1,"failed":0},)"
         R"("hits":{"total":)" +
         total + R"(,"max_score":1.0,"hits":[)" + hits + "]}}";
}

const std::string one = R"({"value":1,"relation":"eq"})";

const std::string kernel = R"({"_index": "wazuh-states-vulnerabilities-1", "_id": "001_x",
  "_source": {
    "agent": {"id": "001", "name": "web-1", "type": "Wazuh", "version": "v4.11.1",
              "host": {"ip": ["10.0.0.7", "10.1.0.7"], "hostname": "web-1.example.com"}},
    "host": {"os": {"full": "Ubuntu 24.04.2 LTS", "kernel": "6.8.0-62-generic", "name": "Ubuntu",
                    "version": "24.04.2"}},
    "package": {"architecture": "amd64", "name": "openssl", "type": "deb", "version": "3.0.1-1",
                "path": "/usr/lib/x"},
    "vulnerability": {
      "category": "Packages", "classification": "-", "description": "Reads too far.",
      "detected_at": "2026-06-30T17:07:15.204Z", "enumeration": "CVE", "id": "CVE-2026-6000",
      "published_at": "2026-05-21T19:16:08Z",
      "reference": "https://example.com/a, https://example.com/b",
      "scanner": {"condition": "Package less than 3.0.2-1", "source": "Tracker",
                  "reference": "https://example.com/cti", "vendor": "Wazuh"},
      "score": {"base": 9.1, "version": "3.1"}, "severity": "Critical",
      "under_evaluation": true}}})";

TEST(Wazuh, ReadsEveryFieldOfTheIndexer) {
  const auto told = read_report(search_with(kernel, one));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "wazuh-indexer");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "web-1");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.7");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("10.1.0.7", "web-1.example.com"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "wazuh");
  EXPECT_EQ(f.source_version, "v4.11.1");
  EXPECT_EQ(f.source_status, "under evaluation");
  EXPECT_EQ(f.native_id, "CVE-2026-6000");
  EXPECT_EQ(f.title, "CVE-2026-6000 in openssl");
  EXPECT_EQ(f.description, "Reads too far.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-6000"));
  EXPECT_EQ(f.location.package, "openssl");
  EXPECT_EQ(f.location.package_type, "deb");
  EXPECT_EQ(f.location.installed, "3.0.1-1");
  EXPECT_EQ(f.location.path, "/usr/lib/x");
  EXPECT_THAT(f.cvss, ElementsAre(Cvss{"3.1", "", 9.1, "", {}, "Tracker"}));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("3.0.2-1"));
  EXPECT_THAT(
      f.refs,
      ElementsAre("https://example.com/a", "https://example.com/b", "https://example.com/cti"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-05-21T19:16:08Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-06-30T17:07:15Z"));
  EXPECT_EQ(f.seen_at, std::nullopt);
  EXPECT_EQ(
      f.evidence,
      "condition: Package less than 3.0.2-1\narchitecture: amd64\nsystem: Ubuntu 24.04.2 LTS\n"
      "kernel: 6.8.0-62-generic\nsource: Tracker");
}

TEST(Wazuh, WeaknessesOfTheSystemAndTheAgentOfVersion5) {
  const auto told = read_report(search_with(
      R"({"_source":{"wazuh":{"agent":{"name":"win-1","host":{"hostname":"WIN-1"}}},)"
      R"("host":{"os":{"name":"Windows Server 2019","version":"10.0.17763.1"}},)"
      R"("package":{"name":null,"path":null},"vulnerability":{"id":"CVE-2026-7","severity":"-",)"
      R"("category":"OS","score":{"base":7.8,"version":"3.1"}}}})",
      "1"));
  EXPECT_EQ(told.format, "wazuh-indexer");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(told.hosts[0].name, "win-1");
  EXPECT_EQ(f.location.package, "Windows Server 2019");
  EXPECT_EQ(f.location.package_type, "os");
  EXPECT_EQ(f.location.installed, "10.0.17763.1");
  EXPECT_EQ(f.location.path, "");
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "cvss3");
}

TEST(Wazuh, EveryAgentIsAHost) {
  const auto told = read_report(search_with(
      kernel + R"(,{"_source":{"agent":{"name":"db-1"},"vulnerability":{"id":"X"}}},{})", "3"));
  EXPECT_THAT(told.findings, SizeIs(3));
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[1].name, "db-1");
  EXPECT_EQ(told.hosts[2].name, "unnamed");
  EXPECT_EQ(told.findings[2].severity, Severity::unknown);
}

TEST(Wazuh, ASearchThatIsNotWholeIsIncomplete) {
  EXPECT_THAT(read_report(search_with(kernel, R"({"value":125,"relation":"eq"})")).facts.problems,
              ElementsAre("holds 1 of 125 vulnerabilities"));
  EXPECT_THAT(read_report(search_with(kernel, "2")).facts.problems,
              ElementsAre("holds 1 of 2 vulnerabilities"));
  EXPECT_THAT(read_report(search_with(kernel, R"({"value":1,"relation":"gte"})")).facts.problems,
              ElementsAre("holds 1 of more than 1 vulnerabilities"));
  const auto told = read_report(
      R"({"hits":{"hits":[)" + kernel + R"(],"total":)" + one +
      R"(},"timed_out":true,"terminated_early":true,"_shards":{"total":5,"failed":2}})");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(
      told.facts.problems,
      ElementsAre("the search timed out", "the search ended early", "2 of 5 shards failed"));
}

TEST(Wazuh, ATotalThatIsNoNumberSaysNothing) {
  for (const char* total : {"null", "{}", R"({"relation":"gte"})", "[]", R"("many")"}) {
    const auto told = read_report(search_with(kernel, total));
    EXPECT_THAT(told.findings, SizeIs(1)) << total;
    EXPECT_THAT(told.facts.problems, IsEmpty()) << total;
  }
}

TEST(Wazuh, OtherSearchesAreNotWazuhs) {
  EXPECT_THAT(read_report(search_with(R"({"_source":{"message":"x"}})", "1")).fault,
              HasSubstr("is not a report"));
  EXPECT_THAT(read_report(search_with("", "0")).fault, HasSubstr("is not a report"));
}

TEST(Wazuh, WhatWasReadBeforeABreakStands) {
  const auto told =
      read_report(R"({"hits":{"total":1,"hits":[)" + kernel + R"(, {"_source": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
