// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/trivy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace patchbot {
namespace {

using test::read_report;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string report_with(const std::string& results) {
  return R"({"SchemaVersion":2,"Trivy":{"Version":"0.74.0"},"CreatedAt":"2026-11-22T03:04:05.123Z",)"
         R"("ArtifactName":"registry.example/shop:41","ArtifactType":"container_image","Results":[)" +
         results + "]}";
}

const std::string openssl = R"({
  "VulnerabilityID": "CVE-2026-1000", "VendorIDs": ["DSA-6000-1"], "PkgName": "libssl3",
  "PkgIdentifier": {"PURL": "pkg:deb/debian/libssl3@3.0.1?arch=amd64"},
  "InstalledVersion": "3.0.1-1", "FixedVersion": "3.0.2-1, 3.0.1-1+deb12u4", "Status": "fixed",
  "SeveritySource": "debian", "PrimaryURL": "https://example.com/cve-2026-1000",
  "Title": "openssl: overread", "Description": "One byte\ntoo many.", "Severity": "CRITICAL",
  "CweIDs": ["CWE-125"],
  "CVSS": {"nvd": {"V2Vector": "AV:N/AC:L/Au:N/C:P/I:N/A:N", "V2Score": 5,
                   "V3Vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "V3Score": 9.8},
           "ghsa": {"V40Vector": "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N",
                    "V40Score": 6.3}},
  "References": ["https://example.com/advisory", "not an address"],
  "PublishedDate": "2026-01-02T03:04:05Z"})";

TEST(Trivy, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(report_with(
      R"({"Target":"shop (debian) 12","Class":"os-pkgs","Type":"debian","Vulnerabilities":[)" +
      openssl + "]}"));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "trivy");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "debian");
  EXPECT_EQ(f.source, "trivy");
  EXPECT_EQ(f.source_version, "0.74.0");
  EXPECT_EQ(f.source_status, "fixed");
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.title, "openssl: overread");
  EXPECT_EQ(f.description, "One byte\ntoo many.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "DSA-6000-1"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-125"));
  EXPECT_EQ(f.location.package, "libssl3");
  EXPECT_EQ(f.location.package_type, "debian");
  EXPECT_EQ(f.location.purl, "pkg:deb/debian/libssl3@3.0.1?arch=amd64");
  EXPECT_EQ(f.location.installed, "3.0.1-1");
  EXPECT_EQ(f.location.path, "");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("3.0.2-1", "3.0.1-1+deb12u4"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "", {}, "nvd"},
                  Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, "nvd"},
                  Cvss{"4.0",
                       "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N",
                       6.3,
                       "",
                       {},
                       "ghsa"}));
  EXPECT_THAT(f.refs,
              ElementsAre("https://example.com/cve-2026-1000", "https://example.com/advisory"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
}

TEST(Trivy, TheArtifactIsTheHostAndCountsAsSeenByItself) {
  const auto told = read_report(report_with(""));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "registry.example/shop:41");
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_THAT(told.findings, IsEmpty());
}

TEST(Trivy, AReportWithoutResultsIsACleanScan) {
  for (const char* results : {"", ",\"Results\":null", ",\"Results\":[]"}) {
    const auto told = read_report(
        std::string(R"({"SchemaVersion":2,"ArtifactName":"i-0123456789abcdef0")") + results + "}");
    EXPECT_EQ(told.fault, "nothing");
    EXPECT_THAT(told.hosts, SizeIs(1)) << results;
  }
}

TEST(Trivy, WhatStandsBehindTheRecordsIsKnownAllTheSame) {
  const auto told = read_report(
      R"({"SchemaVersion":2,"Results":[{"Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1",)"
      R"("PkgName":"left-pad","Severity":"LOW"}],"Type":"npm","Target":"app/package-lock.json"}],)"
      R"("ArtifactName":"shop"})");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop");
  EXPECT_EQ(told.findings[0].location.path, "app/package-lock.json");
  EXPECT_EQ(told.findings[0].location.package_type, "npm");
}

TEST(Trivy, AnUnknownSeverityIsNotLow) {
  const auto told = read_report(report_with(
      R"({"Target":"t","Vulnerabilities":[{"VulnerabilityID":"A","Severity":"UNKNOWN"},)"
      R"({"VulnerabilityID":"B","Severity":"SPICY"},{"VulnerabilityID":"C"}]})"));
  ASSERT_THAT(told.findings, SizeIs(3));
  for (const Finding& f : told.findings) EXPECT_EQ(f.severity, Severity::unknown);
}

TEST(Trivy, ReadsMisconfigurationsSecretsAndLicences) {
  const auto told = read_report(report_with(
      R"({"Target":"Dockerfile","Misconfigurations":[)"
      R"({"ID":"DS002","AVDID":"AVD-DS-0002","Title":"root","Severity":"HIGH","Status":"FAIL",)"
      R"("Message":"add a user","Resolution":"USER app"},)"
      R"({"ID":"DS001","Title":"tag","Severity":"HIGH","Status":"PASS"}],)"
      R"("Secrets":[{"RuleID":"aws-key","Title":"AWS key","Severity":"CRITICAL","StartLine":7,)"
      R"("Match":"key=****"}],)"
      R"("Licenses":[{"Name":"GPL-3.0","PkgName":"readline","Severity":"HIGH",)"
      R"("Category":"restricted","Link":"https://example.com/gpl"}]})"));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].kind, Kind::misconfiguration);
  EXPECT_EQ(told.findings[0].location.check_id, "DS002");
  EXPECT_EQ(told.findings[0].location.path, "Dockerfile");
  EXPECT_EQ(told.findings[0].evidence, "add a user");
  EXPECT_EQ(told.findings[0].fix.solution, "USER app");
  EXPECT_EQ(told.findings[0].check_result, CheckResult::none);
  EXPECT_EQ(told.findings[1].check_result, CheckResult::passed);
  EXPECT_EQ(told.findings[1].severity, Severity::info);
  EXPECT_EQ(told.findings[2].kind, Kind::secret);
  EXPECT_EQ(told.findings[2].evidence, "line 7: key=****");
  EXPECT_EQ(told.findings[3].kind, Kind::license);
  EXPECT_EQ(told.findings[3].title, "licence GPL-3.0 of readline");
}

TEST(Trivy, SaysWhatTrivyItselfSuppressed) {
  const auto told = read_report(report_with(
      R"({"Target":"t","ExperimentalModifiedFindings":[{"Type":"vulnerability"},{"Type":"x"}]})"));
  EXPECT_THAT(told.findings, IsEmpty());
  EXPECT_THAT(told.facts.remarks,
              ElementsAre("2 findings were suppressed by Trivy's own ignore files or VEX"));
}

TEST(Trivy, ReadsTheListBeforeSchemas) {
  const auto told =
      read_report(R"([{"Target":"shop, alpine 3.9","Type":"alpine","Vulnerabilities":[)"
                  R"({"VulnerabilityID":"CVE-2026-1","PkgName":"musl","Severity":"HIGH"}]},)"
                  R"({"Target":"app/Gemfile.lock","Type":"bundler","Vulnerabilities":null}])");
  EXPECT_EQ(told.format, "trivy");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop, alpine 3.9");
}

TEST(Trivy, ReadsClustersResourceByResource) {
  const auto told = read_report(
      R"({"ClusterName":"prod","Resources":[{"Namespace":"shop","Kind":"Deployment","Name":"web",)"
      R"("Results":[{"Target":"web:1","Class":"os-pkgs","Vulnerabilities":[)"
      R"({"VulnerabilityID":"CVE-2026-1","PkgName":"musl","Severity":"HIGH"}]}]},)"
      R"({"Namespace":"shop","Kind":"Service","Name":"web","Results":[{"Target":"Service/web",)"
      R"("Misconfigurations":[{"ID":"KSV1","Title":"t","Severity":"LOW","Status":"FAIL"}]}]}]})");
  EXPECT_EQ(told.format, "trivy-k8s");
  ASSERT_THAT(told.findings, SizeIs(2));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "prod/shop/Deployment/web");
  EXPECT_EQ(told.hosts[1].name, "prod/shop/Service/web");
}

TEST(Trivy, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(report_with(R"({"Target":"t","Vulnerabilities":[)" + openssl +
                                            R"(, {"VulnerabilityID": oops)"));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, testing::HasSubstr("expected a value"));
}

TEST(Trivy, AWorkloadThatCouldNotBeScannedIsAProblemAndNoMachine) {
  const auto told = read_report(
      R"({"ClusterName":"c","Resources":[)"
      R"({"Namespace":"d","Kind":"Deployment","Name":"a","Error":"failed to pull image"},)"
      R"({"Namespace":"d","Kind":"Deployment","Name":"b","Results":[{"Target":"b","Class":"os-pkgs"}]}]})");
  EXPECT_THAT(told.facts.problems,
              testing::ElementsAre("c/d/Deployment/a could not be scanned: failed to pull image"));
  ASSERT_THAT(told.hosts, testing::SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "c/d/Deployment/b") << "a clean one was scanned";
}

TEST(Trivy, TheSummaryOfAClusterHoldsFindingsToo) {
  const auto told = read_report(
      R"({"ClusterName":"c","Findings":[{"Namespace":"d","Kind":"Pod","Name":"a","Results":[)"
      R"({"Target":"a","Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1001","Severity":"HIGH"}]}]}]})");
  ASSERT_THAT(told.findings, testing::SizeIs(1));
  EXPECT_EQ(told.findings[0].native_id, "CVE-2026-1001");
}

TEST(Trivy, ADistributionWithoutSupportIsSaid) {
  const auto told = read_report(
      R"({"SchemaVersion":2,"ArtifactName":"x","Metadata":{"OS":{"Family":"debian","EOSL":true}},)"
      R"("Results":[{"Target":"x","Class":"os-pkgs"}]})");
  EXPECT_THAT(told.facts.remarks,
              testing::ElementsAre(testing::HasSubstr("the distribution has no support any more")));
}

TEST(Trivy, TheSameCheckOnTwoThingsOfAFileIsTwoFindings) {
  const auto told = read_report(
      R"({"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"main.tf","Misconfigurations":[)"
      R"({"ID":"A1","Severity":"HIGH","CauseMetadata":{"Resource":"aws_sg.a","StartLine":5}},)"
      R"({"ID":"A1","Severity":"HIGH","CauseMetadata":{"Resource":"aws_sg.b","StartLine":50}}]}]})");
  ASSERT_THAT(told.findings, testing::SizeIs(2));
  EXPECT_EQ(told.findings[0].location.package, "aws_sg.a");
  EXPECT_EQ(told.findings[1].location.package, "aws_sg.b");
  EXPECT_THAT(told.findings[1].evidence, testing::HasSubstr("line 50"));
}

}  // namespace
}  // namespace patchbot
