// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/trivy_operator.hpp"

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

const std::string start = R"({"apiVersion":"aquasecurity.github.io/v1alpha1","kind":")";

std::string labels_of(const std::string& kind,
                      const std::string& name,
                      const std::string& container = "") {
  return R"("metadata":{"name":"x","labels":{"trivy-operator.resource.kind":")" + kind +
         R"(","trivy-operator.resource.name":")" + name +
         R"(","trivy-operator.resource.namespace":"shop")" +
         (container.empty() ? "" : R"(,"trivy-operator.container.name":")" + container + "\"") +
         "}}";
}

std::string vulnerabilities_of(const std::string& metadata, const std::string& vulnerabilities) {
  return start + R"(VulnerabilityReport",)" + metadata +
         R"(,"report":{"artifact":{"repository":"shop/web","tag":"41"},
            "registry":{"server":"registry.example"},"scanner":{"name":"Trivy","version":"0.70.1"},
            "summary":{"highCount":1},"updateTimestamp":"2026-11-22T03:04:05Z",
            "vulnerabilities":[)" +
         vulnerabilities + "]}}";
}

std::string checks_of(const std::string& kind,
                      const std::string& metadata,
                      const std::string& list) {
  return start + kind + "\"," + metadata + R"(,"report":{"checks":[)" + list +
         R"(],"scanner":{"version":"0.70.1"},"summary":{},"updateTimestamp":"2026-11-21T00:00:00Z"}})";
}

const std::string web = labels_of("ReplicaSet", "web-5d9c7b8f4", "nginx");

const std::string openssl = R"json({
  "vulnerabilityID": "CVE-2026-1000", "resource": "libssl3", "installedVersion": "3.0.1-r0",
  "fixedVersion": "3.0.2-r0, 3.1.0-r1", "publishedDate": "2026-01-02T03:04:05Z",
  "severity": "CRITICAL", "title": "openssl: overread", "description": "One byte\ntoo many.",
  "primaryLink": "https://example.com/cve", "links": ["https://example.com/more"], "score": 9.1,
  "target": "registry.example/shop/web:41 (alpine 3.20)", "class": "os-pkgs",
  "packageType": "alpine", "packagePURL": "pkg:apk/alpine/libssl3@3.0.1-r0",
  "cvss": {"nvd": {"V3Vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "V3Score": 9.8}}})json";

TEST(TrivyOperator, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(vulnerabilities_of(web, openssl));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "trivy-operator");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "trivy");
  EXPECT_EQ(f.source_version, "0.70.1");
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.title, "openssl: overread");
  EXPECT_EQ(f.description, "One byte\ntoo many.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000"));
  EXPECT_EQ(f.location.package, "libssl3");
  EXPECT_EQ(f.location.package_type, "alpine");
  EXPECT_EQ(f.location.installed, "3.0.1-r0");
  EXPECT_EQ(f.location.purl, "pkg:apk/alpine/libssl3@3.0.1-r0");
  EXPECT_EQ(f.location.path, "");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("3.0.2-r0", "3.1.0-r1"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, "nvd"}));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/cve", "https://example.com/more"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
}

TEST(TrivyOperator, OlderReportsHaveAScoreOnlyAndPathsOfFiles) {
  const auto told = read_report(vulnerabilities_of(
      web,
      R"({"vulnerabilityID":"CVE-2026-1","resource":"left-pad","severity":"LOW","score":6.5,
          "target":"app/package-lock.json","fixedVersion":""})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.findings[0].cvss, ElementsAre(Cvss{"3.0", "", 6.5, "", {}, ""}));
  EXPECT_EQ(told.findings[0].location.path, "app/package-lock.json");
  EXPECT_EQ(told.findings[0].title, "CVE-2026-1 in left-pad");
  EXPECT_EQ(told.findings[0].fix.available, false);
}

// The end of a replica set's name is new with every deployment.
TEST(TrivyOperator, NamesWorkloadsSoThatTheNameStays) {
  const auto told = read_report(vulnerabilities_of(web, openssl));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop/ReplicaSet/web/nginx");
  EXPECT_THAT(told.hosts[0].aliases,
              ElementsAre("shop/ReplicaSet/web-5d9c7b8f4/nginx", "registry.example/shop/web:41"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  const auto plain = read_report(vulnerabilities_of(labels_of("ReplicaSet", "web-12345"), openssl));
  EXPECT_EQ(plain.hosts[0].name, "shop/ReplicaSet/web-12345");
  const auto node = read_report(checks_of("ClusterInfraAssessmentReport",
                                          labels_of("Node", "ip-10-0-0-7.ec2.internal"),
                                          R"({"checkID":"KCV1","severity":"HIGH"})"));
  EXPECT_EQ(node.hosts[0].name, "ip-10-0-0-7.ec2.internal");
}

TEST(TrivyOperator, ReadsChecksAndSecrets) {
  const auto told = read_report(
      "[" +
      checks_of(
          "ConfigAuditReport",
          labels_of("StatefulSet", "db"),
          R"({"checkID":"KSV014","title":"Root file system","description":"d","severity":"LOW",
                    "messages":["Container 'a' should","Container 'b' should"],"success":false,
                    "remediation":"Set it.","scope":{"type":"Container","value":"a"}},
                   {"checkID":"KSV001","title":"t","severity":"HIGH","success":true},
                   {"title":"no id","severity":"MEDIUM","success":false})") +
      "," + start + R"(ExposedSecretReport",)" + web +
      R"(,"report":{"secrets":[{"target":"root/key.txt","ruleID":"aws-key","title":"AWS key",
            "severity":"CRITICAL","match":"KEY=****"}],"summary":{},
            "updateTimestamp":"2026-11-20T00:00:00Z"}}])");
  EXPECT_EQ(told.fault, "nothing");
  ASSERT_THAT(told.findings, SizeIs(4));
  const auto& f = told.findings;
  EXPECT_EQ(f[0].kind, Kind::misconfiguration);
  EXPECT_EQ(f[0].native_id, "KSV014");
  EXPECT_EQ(f[0].location.check_id, "KSV014");
  EXPECT_EQ(f[0].location.path, "a");
  EXPECT_EQ(f[0].evidence, "Container 'a' should\nContainer 'b' should");
  EXPECT_EQ(f[0].fix.solution, "Set it.");
  EXPECT_EQ(f[0].source_version, "0.70.1");
  EXPECT_EQ(f[0].seen_at, parse_rfc3339("2026-11-21T00:00:00Z"));
  EXPECT_EQ(f[0].check_result, CheckResult::none);
  EXPECT_EQ(f[1].check_result, CheckResult::passed);
  EXPECT_EQ(f[1].severity, Severity::info);
  EXPECT_EQ(f[2].native_id, "no id");
  EXPECT_EQ(f[3].kind, Kind::secret);
  EXPECT_EQ(f[3].native_id, "aws-key");
  EXPECT_EQ(f[3].location.path, "root/key.txt");
  EXPECT_EQ(f[3].evidence, "KEY=****");
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "shop/StatefulSet/db");
  EXPECT_EQ(told.hosts[1].name, "shop/ReplicaSet/web/nginx");
}

TEST(TrivyOperator, ReadsControlsOfABenchmark) {
  const auto told = read_report(start + R"(ClusterComplianceReport","metadata":{"name":"cis"},
    "spec":{"compliance":{"id":"cis","title":"CIS 1.23","relatedResources":["https://example.com/cis"],
      "controls":[{"id":"4.1","description":"why","checks":[{"id":"AVD-KCV-1"}]}]}},
    "status":{"summary":{"failCount":1},"summaryReport":{"controlCheck":[
      {"id":"4.1","name":"Certificates","severity":"CRITICAL","totalFail":10},
      {"id":"4.2","name":"Events","severity":"HIGH","totalFail":0},
      {"id":"4.3","name":"By hand","severity":"HIGH"}]},
      "updateTimestamp":"2026-11-22T03:04:05Z"}})");
  ASSERT_THAT(told.findings, SizeIs(3));
  const auto& f = told.findings;
  EXPECT_EQ(f[0].kind, Kind::compliance);
  EXPECT_EQ(f[0].check_result, CheckResult::failed);
  EXPECT_EQ(f[0].severity, Severity::critical);
  EXPECT_EQ(f[0].native_id, "4.1");
  EXPECT_EQ(f[0].title, "Certificates");
  EXPECT_EQ(f[0].description, "why");
  EXPECT_EQ(f[0].location.benchmark, "cis");
  EXPECT_EQ(f[0].check_list, "CIS 1.23");
  EXPECT_THAT(f[0].xrefs, ElementsAre("AVD-KCV-1"));
  EXPECT_THAT(f[0].refs, ElementsAre("https://example.com/cis"));
  EXPECT_EQ(f[0].evidence, "failures: 10");
  EXPECT_EQ(f[0].seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  EXPECT_EQ(f[1].check_result, CheckResult::passed);
  EXPECT_EQ(f[1].severity, Severity::info);
  EXPECT_EQ(f[2].check_result, CheckResult::skipped);
  EXPECT_THAT(told.hosts, SizeIs(1));
}

TEST(TrivyOperator, ReadsControlsInDetail) {
  const auto told = read_report(start + R"(ClusterComplianceReport","metadata":{"name":"nsa"},
    "status":{"detailReport":{"results":[
      {"id":"1.0","name":"Non-root","severity":"MEDIUM","checks":[
        {"checkID":"KSV012","target":"shop/Deployment/web","success":false,"severity":"MEDIUM",
         "messages":["should set"],"remediation":"Set it."},{"checkID":"KSV013","success":true}]},
      {"id":"1.1","name":"Read-only","severity":"LOW","checks":[{"checkID":"","success":true}]},
      {"id":"1.2","name":"By hand","severity":"LOW","checks":null}]}}})");
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].check_result, CheckResult::failed);
  EXPECT_EQ(told.findings[0].evidence, "KSV012 shop/Deployment/web: should set");
  EXPECT_EQ(told.findings[0].fix.solution, "Set it.");
  EXPECT_EQ(told.findings[1].check_result, CheckResult::passed);
  EXPECT_EQ(told.findings[2].check_result, CheckResult::skipped);
}

TEST(TrivyOperator, ReadsEveryKindOfList) {
  const std::string report = vulnerabilities_of(web, openssl);
  for (const std::string& text :
       {"[" + report + "]",
        R"({"apiVersion":"v1","items":[)" + report + R"(],"kind":"List","metadata":{}})",
        R"({"vulnerabilityreports.aquasecurity.github.io":[)" + report +
            R"(],"sbomreports.aquasecurity.github.io":[]})",
        report + "\n"}) {
    const auto told = read_report(text);
    EXPECT_EQ(told.fault, "nothing");
    EXPECT_EQ(told.format, "trivy-operator");
    EXPECT_THAT(told.findings, SizeIs(1)) << text.substr(0, 40);
    EXPECT_EQ(told.hosts.at(0).name, "shop/ReplicaSet/web/nginx");
  }
}

TEST(TrivyOperator, CleanReportsOfAListCountAsScanned) {
  const auto told = read_report("[" + vulnerabilities_of(labels_of("Pod", "a"), "") + "," +
                                vulnerabilities_of(labels_of("Pod", "b"), openssl) + "," +
                                checks_of("ConfigAuditReport", labels_of("Pod", "c"), "") + "]");
  EXPECT_THAT(told.findings, SizeIs(1));
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[0].name, "shop/Pod/a");
  EXPECT_EQ(told.hosts[2].name, "shop/Pod/c");
}

TEST(TrivyOperator, WhatStandsBehindTheRecordsIsKnownAllTheSame) {
  const auto told = read_report(
      R"({"report":{"vulnerabilities":[)" + openssl +
      R"(],"updateTimestamp":"2026-11-22T03:04:05Z"},)" + web +
      R"(,"kind":"VulnerabilityReport","apiVersion":"aquasecurity.github.io/v1alpha1"})");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop/ReplicaSet/web/nginx");
  EXPECT_EQ(told.findings[0].seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
}

TEST(TrivyOperator, AnUnknownSeverityIsNotLow) {
  const auto told = read_report(vulnerabilities_of(
      web,
      R"({"vulnerabilityID":"A","severity":"UNKNOWN"},{"vulnerabilityID":"B","severity":"SPICY"},
         {"vulnerabilityID":"C"})"));
  ASSERT_THAT(told.findings, SizeIs(3));
  for (const Finding& f : told.findings) EXPECT_EQ(f.severity, Severity::unknown);
}

TEST(TrivyOperator, APageThatPromisesAnotherIsNotAll) {
  const auto told = read_report(start + R"(VulnerabilityReportList","items":[],"metadata":{
    "continue":"abc","remainingItemCount":7}})");
  EXPECT_EQ(told.format, "trivy-operator");
  EXPECT_THAT(told.facts.problems, ElementsAre(HasSubstr("more reports exist")));
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(TrivyOperator, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(vulnerabilities_of(web, openssl + R"(, {"vulnerabilityID": oops)"));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
