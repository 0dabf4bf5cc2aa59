// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/grype.hpp"

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

// As Grype writes it: what the report is about stands behind the matches.
std::string report_with(const std::string& matches, const std::string& more = {}) {
  return R"({"matches":[)" + matches + "]" + more +
         R"(,"source":{"type":"image","target":{"userInput":"registry.example/shop:41",)"
         R"("imageID":"sha256:00","tags":["shop:41"],"repoDigests":["shop@sha256:11"],)"
         R"("manifest":null}},"distro":{"name":"debian","version":"12"},)"
         R"("descriptor":{"name":"grype","version":"0.104.0",)"
         R"("timestamp":"2026-11-22T03:04:05.123456789+01:00","configuration":{"only-fixed":false},)"
         R"("db":{"status":{"schemaVersion":"v6.1.0","valid":true,"error":null}}}})";
}

const std::string commons = R"({
  "vulnerability": {
    "id": "GHSA-aaaa-bbbb-cccc", "dataSource": "https://example.com/ghsa",
    "namespace": "github:language:java", "severity": "High", "urls": ["https://example.com/url"],
    "description": "Too deep.",
    "cvss": [{"source": "security@example.com", "type": "Primary", "version": "3.1",
              "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
              "metrics": {"baseScore": 7.5, "impactScore": 3.6}, "vendorMetadata": {}}],
    "epss": [{"cve": "CVE-2026-2000", "epss": 0.01, "percentile": 0.5, "date": "2026-11-20"},
             {"cve": "CVE-2026-2001", "epss": 0.91, "percentile": 0.99, "date": "2026-11-21"}],
    "knownExploited": [
      {"cve": "CVE-2026-2001", "vendorProject": "Example", "product": "Commons",
       "dateAdded": "2026-11-02", "dueDate": "2026-11-23", "requiredAction": "Apply updates.",
       "knownRansomwareCampaignUse": "Known", "urls": ["https://example.com/kev"],
       "cwes": ["CWE-502"]},
      {"cve": "CVE-2026-2000", "dateAdded": "2026-10-02", "dueDate": "0001-01-01",
       "knownRansomwareCampaignUse": "Unknown"}],
    "cwes": [{"cve": "CVE-2026-2000", "cwe": "CWE-400", "source": "nvd", "type": "Primary"}],
    "fix": {"versions": ["1.26.0", "1.25.9"], "state": "fixed",
            "available": [{"version": "1.26.0", "date": "2026-11-05", "kind": "release"}]},
    "advisories": [{"id": "EXSA-2026:1", "link": "https://example.com/advisory"}],
    "risk": 68.2
  },
  "relatedVulnerabilities": [{
    "id": "CVE-2026-2000", "dataSource": "https://example.com/nvd", "namespace": "nvd:cpe",
    "severity": "Critical", "urls": ["https://example.com/related"], "description": "Other.",
    "cvss": [{"version": "2.0", "vector": "AV:N/AC:L/Au:N/C:P/I:N/A:N",
              "metrics": {"baseScore": 5}}]}],
  "matchDetails": [{"type": "exact-direct-match", "matcher": "java-matcher",
                    "searchedBy": {"language": "java"},
                    "found": {"versionConstraint": ">=1.21,<1.26.0 (maven) "},
                    "fix": {"suggestedVersion": "1.26.0"}}],
  "artifact": {
    "id": "00aa", "name": "commons", "version": "1.21", "type": "java-archive",
    "locations": [{"path": "/opt/shop.war", "layerID": "sha256:22"}], "language": "java",
    "purl": "pkg:maven/org.example/commons@1.21",
    "metadata": {"virtualPath": "/opt/shop.war:WEB-INF/lib/commons-1.21.jar"}}})";

const std::string openssl = R"({"vulnerability":{"id":"CVE-2026-1","severity":"Negligible",
  "fix":{"versions":[],"state":"wont-fix"}},"relatedVulnerabilities":[],
  "artifact":{"name":"libssl3","version":"3.0","type":"deb",
              "locations":[{"path":"/var/lib/dpkg/status"}]}})";

TEST(Grype, ReadsEveryFieldOfAMatch) {
  const auto told = read_report(report_with(commons));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "grype");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "grype");
  EXPECT_EQ(f.source_version, "0.104.0");
  EXPECT_EQ(f.source_status, "fixed");
  EXPECT_EQ(f.native_id, "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(f.title, "GHSA-aaaa-bbbb-cccc in commons");
  EXPECT_EQ(f.description, "Too deep.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("GHSA-aaaa-bbbb-cccc", "CVE-2026-2001", "CVE-2026-2000"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-502", "CWE-400"));
  EXPECT_EQ(f.location.package, "commons");
  EXPECT_EQ(f.location.package_type, "java-archive");
  EXPECT_EQ(f.location.installed, "1.21");
  EXPECT_EQ(f.location.purl, "pkg:maven/org.example/commons@1.21");
  EXPECT_EQ(f.location.path, "/opt/shop.war:WEB-INF/lib/commons-1.21.jar");
  EXPECT_THAT(f.cvss,
              ElementsAre(Cvss{"3.1",
                               "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
                               7.5,
                               "",
                               {},
                               "security@example.com"},
                          Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "", {}, "nvd:cpe"}));
  EXPECT_EQ(f.epss, (Epss{0.91, 0.99, "", parse_date("2026-11-21")}));
  EXPECT_EQ(f.kev, (Kev{parse_date("2026-10-02"), parse_date("2026-11-23"), true}));
  EXPECT_EQ(f.exploit, "active");
  EXPECT_THAT(f.exploit_refs, ElementsAre("cisa-kev"));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("1.26.0", "1.25.9"));
  EXPECT_EQ(f.fix.solution,
            "Update commons to 1.26.0.\n1.26.0 came out on 2026-11-05.\nApply updates.");
  EXPECT_THAT(f.refs,
              ElementsAre("https://example.com/kev",
                          "https://example.com/ghsa",
                          "https://example.com/url",
                          "https://example.com/advisory",
                          "https://example.com/nvd",
                          "https://example.com/related"));
  EXPECT_THAT(
      f.xrefs,
      ElementsAre("GRYPE-RISK:68.2", "ADVISORY:EXSA-2026:1", "NAMESPACE:github:language:java"));
  EXPECT_EQ(f.evidence,
            "exact-direct-match by java-matcher: >=1.21,<1.26.0 (maven)\nfound in: /opt/shop.war");
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T02:04:05Z"));
}

TEST(Grype, TheImageBehindTheMatchesIsTheHost) {
  const auto told = read_report(report_with(openssl));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "registry.example/shop:41");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop:41", "shop@sha256:11"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T02:04:05Z"));
}

TEST(Grype, PackagesOfTheSystemHaveNoPath) {
  const auto told = read_report(report_with(openssl));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].location.path, "");
  EXPECT_EQ(told.findings[0].evidence, "found in: /var/lib/dpkg/status");
  EXPECT_EQ(told.findings[0].severity, Severity::info);
  EXPECT_EQ(told.findings[0].fix.available, false);
  EXPECT_EQ(told.findings[0].source_status, "wont-fix");
}

TEST(Grype, ACleanReportIsAboutItsTarget) {
  const auto told = read_report(report_with(""));
  EXPECT_EQ(told.fault, "nothing");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_THAT(told.findings, IsEmpty());
  EXPECT_THAT(told.facts.problems, IsEmpty());
  EXPECT_THAT(told.facts.remarks, IsEmpty());
}

TEST(Grype, TargetsOtherThanImagesAreTexts) {
  const auto told = read_report(
      R"({"source":{"type":"directory","target":"/srv/shop"},"matches":[)" + openssl + "]}");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "/srv/shop");
}

TEST(Grype, AnUnknownSeverityIsNotLow) {
  const auto told = read_report(report_with(
      R"({"vulnerability":{"id":"A","severity":"Unknown"},"artifact":{"name":"a"}},)"
      R"({"vulnerability":{"id":"B","severity":"SPICY"},"artifact":{"name":"a"}},)"
      R"({"vulnerability":{"id":"C","severity":null},"artifact":{"name":"a"}},{"artifact":{}})"));
  ASSERT_THAT(told.findings, SizeIs(4));
  for (const Finding& f : told.findings) EXPECT_EQ(f.severity, Severity::unknown);
  EXPECT_EQ(told.findings[2].source_status, "");
}

TEST(Grype, WithoutASeverityTheScoreDecides) {
  const auto told = read_report(report_with(
      R"({"vulnerability":{"id":"A","cvss":[{"version":"2.0","metrics":{"baseScore":10}}]},)"
      R"("artifact":{}},{"vulnerability":{"id":"B","cvss":[)"
      R"({"version":"4.0","metrics":{"baseScore":4.2}},{"version":"3.0","metrics":{"baseScore":9}},)"
      R"({"version":"2.0","metrics":{"baseScore":10}}]},"artifact":{}})"));
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].severity, Severity::high);  // version 2 has no critical
  EXPECT_EQ(told.findings[0].severity_source, "cvss2");
  EXPECT_EQ(told.findings[1].severity, Severity::medium);
  EXPECT_EQ(told.findings[1].severity_source, "cvss4");
}

TEST(Grype, AnUnknownSeverityIsNeverMadeMildByAScore) {
  const auto rated = [](const std::string& score) {
    return read_report(report_with(R"({"vulnerability":{"id":"B","severity":"Unknown","cvss":[)"
                                   R"({"version":"3.1","metrics":{"baseScore":)" +
                                   score + R"(}}]},"artifact":{}})"))
        .findings.at(0)
        .severity;
  };
  EXPECT_EQ(rated("1.6"), Severity::unknown);
  EXPECT_EQ(rated("6.9"), Severity::unknown);
  EXPECT_EQ(rated("9.8"), Severity::critical);
}

TEST(Grype, WithoutAListOfMatchesItDidNotScan) {
  const std::string rest =
      R"("source":{"type":"image","target":"x"},"descriptor":{"name":"grype"}})";
  EXPECT_THAT(read_report("{" + rest).facts.problems, SizeIs(1));
  EXPECT_THAT(read_report(R"({"matches":null,)" + rest).facts.problems, SizeIs(1));
  EXPECT_THAT(read_report(R"({"matches":[],)" + rest).facts.problems, SizeIs(0));
}

TEST(Grype, SaysWhatWasIgnoredOrNotMatched) {
  const std::string more =
      R"(,"ignoredMatches":[{"vulnerability":{"id":"X"},"artifact":{},"appliedIgnoreRules":[{}]}],)"
      R"("alertsByPackage":[{"package":{"name":"a"},"alerts":[{"type":"distro-disabled"}]},)"
      R"({"package":{"name":"b"},"alerts":[{"type":"distro-eol"}]}])";
  const auto told = read_report(report_with(openssl, more));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.facts.problems, ElementsAre(HasSubstr("the distribution of 1 package:")));
  EXPECT_THAT(told.facts.remarks,
              ElementsAre("1 match was ignored by Grype's own rules or VEX",
                          HasSubstr("1 package is of a distribution without support")));
}

TEST(Grype, AFaultyDatabaseMakesTheReportIncomplete) {
  const auto told = read_report(
      R"({"matches":[],"source":{"type":"file","target":"a.jar"},"descriptor":{"name":"grype",)"
      R"("configuration":{"only-fixed":true},"db":{"error":"cannot open","valid":false}}})");
  EXPECT_THAT(
      told.facts.problems,
      ElementsAre("Grype's database has an error: cannot open", "Grype's database is not valid"));
  EXPECT_THAT(told.facts.remarks, ElementsAre(HasSubstr("only-fixed")));
}

TEST(Grype, ReadsTheFirstVersionsToo) {
  const auto told = read_report(report_with(
      R"({"vulnerability":{"id":"CVE-2026-3","severity":"Medium","links":["https://example.com/3"],)"
      R"("cvssV2":{"baseScore":4.3,"vector":"AV:N/AC:M/Au:N/C:P/I:N/A:N"},)"
      R"("cvssV3":{"baseScore":5.9,"vector":"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N"},)"
      R"("fixedInVersion":"2.4-5"},"matchDetails":{"matcher":"dpkg-matcher",)"
      R"("matchedOn":{"constraint":"< 2.4-5 (deb) "}},"artifact":{"name":"ldap","type":"deb"}})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/3"));
  EXPECT_THAT(f.cvss, SizeIs(2));
  EXPECT_EQ(f.cvss[1].version, "3.0");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("2.4-5"));
  EXPECT_EQ(f.evidence, "matched by dpkg-matcher: < 2.4-5 (deb)");
}

TEST(Grype, IsKnownWithItsKeysSorted) {
  for (const char* text :
       {R"({"matches":[{"artifact":{"name":"a"},"matchDetails":[],"vulnerability":{"id":"A"}}]})",
        R"({"descriptor":{"db":{},"name":"grype"},"distro":{},"ignoredMatches":[],"matches":[]})",
        R"({"matches":[],"source":{"target":"unknown","type":"unknown"}})"}) {
    EXPECT_EQ(read_report(text).format, "grype") << text;
  }
}

TEST(Grype, WhatWasReadBeforeABreakStands) {
  const auto told =
      read_report(R"({"source":{"type":"image","target":{"userInput":"s"}},"matches":[)" + commons +
                  R"(, {"vulnerability": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
