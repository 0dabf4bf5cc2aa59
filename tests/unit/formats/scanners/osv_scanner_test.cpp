// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/osv_scanner.hpp"

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

const std::string shop = R"("package":{"name":"shop-lib","version":"1.2.0","ecosystem":"PyPI"})";

std::string package_with(const std::string& vulnerabilities, const std::string& more = {}) {
  return "{" + shop + R"(,"vulnerabilities":[)" + vulnerabilities + "]" + more + "}";
}

std::string report_with(const std::string& packages) {
  return R"({"results":[{"source":{"path":"/src/shop/poetry.lock","type":"lockfile"},"packages":[)" +
         packages + R"(]}],"experimental_config":{"licenses":{"summary":false}}})";
}

const std::string advisory = R"({
  "id": "GHSA-aaaa-bbbb-cccc", "schema_version": "1.6.0", "modified": "2026-11-01T00:00:00Z",
  "published": "2026-10-02T03:04:05.123Z", "aliases": ["CVE-2026-3000"],
  "upstream": ["UP-2026-1"], "related": ["CVE-2020-1"],
  "summary": "Reads too far", "details": "One byte\ntoo many.",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"},
               {"type": "CVSS_V4",
                "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N"}],
  "affected": [
    {"package": {"name": "other", "ecosystem": "PyPI", "purl": "pkg:pypi/other"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}]},
    {"package": {"name": "Shop-Lib", "ecosystem": "PyPI", "purl": "pkg:pypi/shop-lib"},
     "ranges": [{"type": "GIT", "repo": "https://example.com/shop",
                 "events": [{"introduced": "0"}, {"fixed": "0123abcd"}]},
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.3"},
                                                 {"introduced": "2.0"}, {"fixed": "2.1"}]}],
     "versions": ["1.2.0"], "database_specific": {"cwes": [{"cweId": "CWE-506"}]}}],
  "references": [{"type": "WEB", "url": "https://example.com/a"},
                 {"type": "FIX", "url": "https://example.com/b"}],
  "database_specific": {"cwe_ids": ["CWE-125"], "severity": "MODERATE"}})";

TEST(OsvScanner, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(report_with(package_with(
      advisory,
      R"(,"groups":[{"ids":["GHSA-x"],"max_severity":"1.0"},{"ids":["GHSA-aaaa-bbbb-cccc","PYSEC-1"],)"
      R"("aliases":["CVE-2026-3000","PYSEC-1"],"max_severity":"9.3"}],)"
      R"("dependency_groups":["dev","test"])")));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "osv-scanner");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "max_severity");
  EXPECT_EQ(f.source, "osv-scanner");
  EXPECT_EQ(f.source_status, "");
  EXPECT_EQ(f.native_id, "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(f.title, "Reads too far");
  EXPECT_EQ(f.description, "One byte\ntoo many.");
  EXPECT_THAT(f.vuln_ids,
              ElementsAre("GHSA-aaaa-bbbb-cccc", "CVE-2026-3000", "UP-2026-1", "PYSEC-1"));
  EXPECT_THAT(f.xrefs, ElementsAre("RELATED:CVE-2020-1"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-125", "CWE-506"));
  EXPECT_EQ(f.location.package, "shop-lib");
  EXPECT_EQ(f.location.package_type, "PyPI");
  EXPECT_EQ(f.location.installed, "1.2.0");
  EXPECT_EQ(f.location.purl, "pkg:pypi/shop-lib");
  EXPECT_EQ(f.location.path, "/src/shop/poetry.lock");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("1.2.3", "2.1"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, "", {}, ""},
                  Cvss{"4.0",
                       "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N",
                       {},
                       "",
                       {},
                       ""}));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/a", "https://example.com/b"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-10-02T03:04:05Z"));
  EXPECT_EQ(f.evidence, "dependency groups: dev, test");
}

TEST(OsvScanner, EveryFileWithDependenciesIsAHost) {
  const auto told = read_report(
      R"({"results":[{"packages":[)" + package_with(advisory) +
      R"(],"source":{"path":"/a/go.mod","type":"lockfile"}},{"packages":[)" +
      package_with(advisory) + R"(],"source":{"path":"/b/go.mod","type":"lockfile"}}]})");
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "/a/go.mod");
  EXPECT_EQ(told.hosts[1].name, "/b/go.mod");
  EXPECT_EQ(told.hosts[1].authenticated, true);
  EXPECT_THAT(told.findings, SizeIs(2));
}

TEST(OsvScanner, GroupsBelongToTheirPackage) {
  const auto told = read_report(report_with(
      package_with(R"({"id":"A"})", R"(,"groups":[{"ids":["A"],"max_severity":"9.8"}])") + "," +
      package_with(R"({"id":"A"})", R"(,"groups":[{"ids":["A"],"max_severity":"4.0"}])") + "," +
      package_with(R"({"id":"A"})")));
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].severity, Severity::critical);
  EXPECT_EQ(told.findings[1].severity, Severity::medium);
  EXPECT_EQ(told.findings[2].severity, Severity::unknown);
}

TEST(OsvScanner, WithoutAScoreOfTheGroupTheWordCountsThenTheVector) {
  const auto told = read_report(report_with(package_with(
      advisory +
      R"(,{"id":"B","severity":[{"type":"CVSS_V3","score":)"
      R"("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}]},)"
      R"({"id":"C","severity":[{"type":"Ubuntu","score":"high"}]},)"
      R"({"id":"D","affected":[{"package":{"name":"shop-lib","ecosystem":"PyPI:1"},)"
      R"("ecosystem_specific":{"urgency":"low"}}]},)"
      R"({"id":"E","database_specific":{"severity":"SPICY"}},{"id":"F","severity":null},{})")));
  ASSERT_THAT(told.findings, SizeIs(7));
  EXPECT_EQ(told.findings[0].severity, Severity::medium);
  EXPECT_EQ(told.findings[0].severity_source, "severity");
  EXPECT_EQ(told.findings[1].severity, Severity::high);
  EXPECT_EQ(told.findings[1].severity_source, "cvss3");
  EXPECT_EQ(told.findings[2].severity, Severity::high);
  EXPECT_EQ(told.findings[3].severity, Severity::low);
  EXPECT_EQ(told.findings[4].severity, Severity::unknown);
  EXPECT_EQ(told.findings[5].severity, Severity::unknown);
  EXPECT_EQ(told.findings[6].severity, Severity::unknown);
}

TEST(OsvScanner, ReleasesOfADistributionAreToldApart) {
  const auto told = read_report(
      R"({"results":[{"source":{"path":"/s","type":"sbom"},"packages":[{"package":)"
      R"({"name":"curl","version":"7.88","ecosystem":"Debian:12"},"vulnerabilities":[)"
      R"({"id":"DSA-1","affected":[{"package":{"name":"curl","ecosystem":"Debian:11"},"ranges":)"
      R"([{"type":"ECOSYSTEM","events":[{"fixed":"7.74-2"}]}]},)"
      R"({"package":{"name":"curl","ecosystem":"Debian:12"},"ranges":)"
      R"([{"type":"ECOSYSTEM","events":[{"fixed":"7.88-2"}]}]}]},)"
      R"({"id":"DSA-2","affected":[{"package":{"name":"curl","ecosystem":"Debian:12"},)"
      R"("ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}]}]}]})");
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_THAT(told.findings[0].fix.versions, ElementsAre("7.88-2"));
  EXPECT_EQ(told.findings[1].fix.available, false);
}

TEST(OsvScanner, ACommitIsFixedByCommits) {
  const auto told = read_report(
      R"({"results":[{"source":{"path":"/src/","type":"git"},"packages":[{"package":)"
      R"({"name":"","version":"","ecosystem":"","commit":"f00d"},"vulnerabilities":[)"
      R"({"id":"CVE-2026-9","affected":[{"ranges":[{"type":"GIT","events":[{"fixed":"beef"}]}]}]}]}]}]})");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].location.installed, "f00d");
  EXPECT_THAT(told.findings[0].fix.versions, ElementsAre("beef"));
}

TEST(OsvScanner, SaysWhatIsNotCalledOrWithdrawn) {
  const auto told = read_report(report_with(package_with(
      R"({"id":"A"},{"id":"B"},{"id":"C","withdrawn":"2026-01-01T00:00:00Z"},{"id":"D"})",
      R"(,"groups":[{"ids":["A"],"experimentalAnalysis":{"A":{"called":false}}},)"
      R"({"ids":["B"],"experimental_analysis":{"B":{"called":true,"unimportant":true}}},)"
      R"({"ids":["D"],"experimental_analysis":{"D":{"called":true}}}])")));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].source_status, "uncalled");
  EXPECT_EQ(told.findings[1].source_status, "unimportant");
  EXPECT_EQ(told.findings[2].source_status, "withdrawn");
  EXPECT_EQ(told.findings[3].source_status, "");
}

TEST(OsvScanner, LicencesAgainstTheRulesAreFindings) {
  const auto told = read_report(report_with("{" + shop +
                                            R"(,"licenses":["MIT","GPL-3.0","AGPL-3.0"],)"
                                            R"("license_violations":["GPL-3.0","AGPL-3.0"]},)" +
                                            package_with(R"({"id":"A"})")));
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].kind, Kind::license);
  EXPECT_EQ(told.findings[0].native_id, "GPL-3.0");
  EXPECT_EQ(told.findings[0].title, "licence GPL-3.0 of shop-lib");
  EXPECT_EQ(told.findings[0].severity, Severity::unknown);
  EXPECT_EQ(told.findings[1].native_id, "AGPL-3.0");
  EXPECT_EQ(told.findings[1].location.path, "/src/shop/poetry.lock");
  EXPECT_EQ(told.findings[2].kind, Kind::vulnerability);
}

TEST(OsvScanner, AReportWithoutResultsIsKnown) {
  const auto told =
      read_report(R"({"results":[],"experimental_config":{"licenses":{"summary":false}}})");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "osv-scanner");
  EXPECT_THAT(told.hosts, IsEmpty());  // it has no name: the scan as a whole is not called clean
}

TEST(OsvScanner, IsKnownWithItsKeysSorted) {
  const auto told = read_report(
      R"({"results":[{"packages":[{"groups":[{"ids":["A"],"max_severity":"5"}],)" + shop +
      R"(,"vulnerabilities":[{"id":"A"}]}],"source":{"path":"/p","type":"lockfile"}}]})");
  EXPECT_EQ(told.format, "osv-scanner");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].severity, Severity::medium);
  EXPECT_EQ(told.hosts[0].name, "/p");
}

TEST(OsvScanner, WhatWasReadBeforeABreakStands) {
  const auto told =
      read_report(R"({"results":[{"source":{"path":"/src","type":"sbom"},"packages":[{)" + shop +
                  R"(,"vulnerabilities":[)" + advisory + R"(, {"id": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
