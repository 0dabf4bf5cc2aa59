// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/dependency_track.hpp"

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

const std::string meta = R"("meta":{"application":"Dependency-Track","version":"4.14.1",
  "timestamp":"2026-11-22T03:04:05Z","baseUrl":"https://track.example.com"})";
const std::string project = R"("project":{"uuid":"aaaa","name":"shop","version":"1.4",
  "purl":"pkg:maven/org.example/shop@1.4"})";

std::string report_with(const std::string& findings) {
  return R"({"version":"1.3",)" + meta + "," + project + R"(,"findings":[)" + findings + "]}";
}

const std::string jackson = R"({
  "component": {"uuid": "bbbb", "group": "org.example", "name": "databind", "version": "2.13.3",
                "purl": "pkg:maven/org.example/databind@2.13.3?type=jar", "project": "aaaa",
                "latestVersion": "2.14.2"},
  "attribution": {"analyzerIdentity": "OSSINDEX_ANALYZER",
                  "attributedOn": "2026-02-07 21:51:37.814",
                  "alternateIdentifier": "ALT-1", "referenceUrl": "https://example.com/alt"},
  "vulnerability": {
    "uuid": "cccc", "source": "GITHUB", "vulnId": "GHSA-aaaa-bbbb-cccc", "title": "Too deep",
    "subtitle": "Nests", "description": "Nested\narrays.", "recommendation": "Update it.",
    "severity": "HIGH", "severityRank": 1,
    "cvssV2BaseScore": 5, "cvssV2Vector": "(AV:N/AC:L/Au:N/C:P/I:N/A:N) ",
    "cvssV3BaseScore": 7.5, "cvssV3Vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
    "cvssV4Score": 8.7,
    "cvssV4Vector": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N",
    "epssScore": 0.25, "epssPercentile": 0.97,
    "cweId": 400, "cweName": "Consumption", "cwes": [{"cweId": 400}, {"cweId": 502}],
    "aliases": [{"cveId": "CVE-2026-4000", "ghsaId": "GHSA-aaaa-bbbb-cccc", "id": 8089,
                 "allBySource": {"NVD": "CVE-2026-4000", "OSV": "DSA-1-1"}}],
    "patchedVersions": "2.13.4",
    "references": "* [https://example.com/a](https://example.com/a)\n* see <https://example.com/b>",
    "published": "2026-01-02 03:04:05.6"},
  "analysis": {"state": "NOT_AFFECTED", "justification": "CODE_NOT_REACHABLE",
               "detail": "We never parse.", "isSuppressed": true},
  "matrix": "aaaa:bbbb:cccc"})";

TEST(DependencyTrack, ReadsEveryFieldOfAFinding) {
  const auto told = read_report(report_with(jackson));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "dependency-track");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "dependency-track");
  EXPECT_EQ(f.source_version, "4.14.1");
  EXPECT_EQ(f.source_status, "NOT_AFFECTED, suppressed");
  EXPECT_EQ(f.status, Status::unknown);
  EXPECT_EQ(f.native_id, "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(f.title, "Too deep");
  EXPECT_EQ(f.synopsis, "Nests");
  EXPECT_EQ(f.description, "Nested\narrays.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("GHSA-aaaa-bbbb-cccc", "CVE-2026-4000", "DSA-1-1", "ALT-1"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-400", "CWE-502"));
  EXPECT_EQ(f.location.package, "org.example:databind");
  EXPECT_EQ(f.location.package_type, "maven");
  EXPECT_EQ(f.location.installed, "2.13.3");
  EXPECT_EQ(f.location.purl, "pkg:maven/org.example/databind@2.13.3?type=jar");
  EXPECT_THAT(
      f.cvss,
      ElementsAre(
          Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "", {}, "GITHUB"},
          Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, "", {}, "GITHUB"},
          Cvss{"4.0",
               "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N",
               8.7,
               "",
               {},
               "GITHUB"}));
  EXPECT_EQ(f.epss, (Epss{0.25, 0.97, "", {}}));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("2.13.4"));
  EXPECT_EQ(f.fix.solution, "Update it.");
  EXPECT_THAT(
      f.refs,
      ElementsAre("https://example.com/a", "https://example.com/b", "https://example.com/alt"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-02-07T21:51:37Z"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  EXPECT_EQ(f.evidence,
            "analyser: OSSINDEX_ANALYZER\nlatest version: 2.14.2\n"
            "justification: CODE_NOT_REACHABLE\nanalysis: We never parse.");
}

TEST(DependencyTrack, TheProjectIsTheHostWhateverItsVersion) {
  const auto told = read_report(report_with(jackson));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop@1.4", "pkg:maven/org.example/shop@1.4"));
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
}

TEST(DependencyTrack, NoFindingsAreACleanScan) {
  for (const char* findings : {"", R"(,"findings":null)", R"(,"findings":[])"}) {
    const auto told = read_report("{" + meta + "," + project + findings + "}");
    EXPECT_EQ(told.fault, "nothing") << findings;
    EXPECT_EQ(told.format, "dependency-track") << findings;
    ASSERT_THAT(told.hosts, SizeIs(1)) << findings;
    EXPECT_EQ(told.hosts[0].name, "shop");
    EXPECT_THAT(told.facts.problems, IsEmpty());
  }
}

TEST(DependencyTrack, WhatStandsBehindTheFindingsIsKnownAllTheSame) {
  const auto told = read_report(R"({"findings":[)" + jackson + "]," + meta + "," + project + "}");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop");
  EXPECT_EQ(told.findings[0].source_version, "4.14.1");
}

TEST(DependencyTrack, AnUnknownSeverityIsNotLow) {
  const auto told = read_report(report_with(
      R"({"component":{},"vulnerability":{"vulnId":"A","severity":"UNASSIGNED"},"matrix":"m"},)"
      R"({"component":{},"vulnerability":{"vulnId":"B","severity":"SPICY"}},{"component":null},)"
      R"({"vulnerability":{"vulnId":"C","cvssV3BaseScore":9.1}})"));
  ASSERT_THAT(told.findings, SizeIs(4));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(told.findings[i].severity, Severity::unknown);
  EXPECT_EQ(told.findings[3].severity, Severity::critical);
  EXPECT_EQ(told.findings[3].severity_source, "cvss3");
}

TEST(DependencyTrack, AnAnalysisLeavesAFindingOpen) {
  const auto told = read_report(report_with(
      R"({"vulnerability":{"vulnId":"A"},"analysis":{"state":"RESOLVED","isSuppressed":false}},)"
      R"({"vulnerability":{"vulnId":"B"},"analysis":{"state":"NOT_SET","isSuppressed":true}},)"
      R"({"vulnerability":{"vulnId":"C"},"analysis":{"isSuppressed":false}})"));
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].source_status, "RESOLVED");
  EXPECT_EQ(told.findings[0].status, Status::unknown);
  EXPECT_EQ(told.findings[1].source_status, "suppressed");
  EXPECT_EQ(told.findings[2].source_status, "");
}

TEST(DependencyTrack, GroupsAreWrittenAsThePackageManagerDoes) {
  const auto told = read_report(
      report_with(R"({"component":{"group":"@shop","name":"web","purl":"pkg:npm/%40shop/web@1"},)"
                  R"("vulnerability":{"vulnId":"A"}})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].location.package, "@shop/web");
  EXPECT_EQ(told.findings[0].title, "A in @shop/web");
}

TEST(DependencyTrack, ReadsTheListOfTheApi) {
  const auto told = read_report(
      "[" + jackson +
      R"(,{"component":{"projectName":"web","name":"b"},"vulnerability":{"vulnId":"B"},"matrix":"x"}])");
  EXPECT_EQ(told.format, "dependency-track-api");
  ASSERT_THAT(told.findings, SizeIs(2));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "aaaa");
  EXPECT_EQ(told.hosts[1].name, "web");
}

TEST(DependencyTrack, WhatWasReadBeforeABreakStands) {
  const auto told = read_report("{" + meta + "," + project + R"(,"findings":[)" + jackson +
                                R"(, {"component": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
