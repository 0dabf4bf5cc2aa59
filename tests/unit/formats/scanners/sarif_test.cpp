// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/sarif.hpp"

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

std::string log_of(const std::string& runs) {
  return R"({"$schema":"https://example.com/sarif.json","version":"2.1.0","runs":[)" + runs + "]}";
}

std::string run_of(const std::string& results, const std::string& rules = "") {
  return R"({"tool":{"driver":{"name":"Checker","version":"1.2","rules":[)" + rules +
         R"(]}},"results":[)" + results + "]}";
}

Finding only(const std::string& text) {
  const auto told = read_report(text);
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_THAT(told.findings, SizeIs(1)) << text;
  return told.findings.empty() ? Finding{} : told.findings.front();
}

Finding only_result(const std::string& result, const std::string& rules = "") {
  return only(log_of(run_of(result, rules)));
}

const std::string rich_rule = R"({
  "id": "py/injection", "name": "Injection", "deprecatedIds": ["OLD-1", "CVE-2026-1000"],
  "shortDescription": {"text": "Query built\nfrom input"},
  "fullDescription": {"text": "Do not do this."},
  "helpUri": "https://example.com/injection",
  "defaultConfiguration": {"level": "error"},
  "messageStrings": {"found": {"text": "{0} reaches {1}, literally {{0}}"}},
  "relationships": [{"target": {"id": "CWE-564", "toolComponent": {"name": "CWE"}}}],
  "properties": {"security-severity": "9.8", "tags": ["security", "external/cwe/cwe-089"]}})";

const std::string rich_result = R"~({
  "ruleId": "py/injection", "ruleIndex": 0,
  "message": {"id": "found", "arguments": ["id", "query"]},
  "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "file:///src/a%20b.py"},
                          "region": {"startLine": 7, "snippet": {"text": "  run(id)"}}}},
    {"physicalLocation": {"artifactLocation": {"index": 1}, "region": {"startLine": 9}}}],
  "baselineState": "unchanged", "hostedViewerUri": "https://example.com/view",
  "provenance": {"firstDetectionTimeUtc": "2026-01-02T03:04:05Z",
                 "lastDetectionTimeUtc": "2026-11-02T03:04:05Z"},
  "fixes": [{"description": {"text": "Bind it"}}], "properties": {"cwe": "CWE-20: input"}})~";

TEST(Sarif, ReadsEveryFieldOfAResult) {
  const auto told = read_report(log_of(
      R"({"tool":{"driver":{"name":"Checker","semanticVersion":"1.2","rules":[)" + rich_rule +
      R"(]}},"invocations":[{"executionSuccessful":true,"endTimeUtc":"2026-11-22T03:04:05Z"}],)"
      R"("versionControlProvenance":[{"repositoryUri":"https://me:word@example.com/shop.git"}],)"
      R"("artifacts":[{"location":{"uri":"x"}},{"location":{"uri":"src/c.py"}}],"results":[)" +
      rich_result + "]}"));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "sarif");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "https://example.com/shop.git");
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "security-severity");
  EXPECT_EQ(f.source, "checker");
  EXPECT_EQ(f.source_version, "1.2");
  EXPECT_EQ(f.source_status, "");
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.native_id, "py/injection");
  EXPECT_EQ(f.title, "Query built from input");
  EXPECT_EQ(f.description, "Do not do this.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-89", "CWE-20", "CWE-564"));
  EXPECT_EQ(f.location.path, "/src/a b.py");
  EXPECT_EQ(f.evidence, "id reaches query, literally {0}\n/src/a b.py:7: run(id)\nsrc/c.py:9");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_EQ(f.fix.solution, "Bind it");
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/injection", "https://example.com/view"));
  EXPECT_THAT(f.xrefs, ElementsAre("security-severity:9.8"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-02T03:04:05Z"));
}

TEST(Sarif, ReadsWhatTrivyWritesIntoItsMessages) {
  const Finding f = only(log_of(R"~({"properties":{"imageName":"registry.example/shop:41"},
    "tool":{"driver":{"name":"Trivy","version":"0.74.0","rules":[{"id":"CVE-2026-1000",
      "name":"OsPackageVulnerability","defaultConfiguration":{"level":"error"},
      "properties":{"cvssv3_vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "cvssv3_baseScore":9.8,"security-severity":"9.8","tags":["vulnerability","security"]}}]}},
    "results":[{"ruleId":"CVE-2026-1000","ruleIndex":0,"level":"error","message":{"text":
      "Package: libssl3\nInstalled Version: 3.0.1-1\nVulnerability CVE-2026-1000\nSeverity: UNKNOWN\nFixed Version: 3.0.2-1, 3.1.0-1\nLink: [x](y)"},
      "locations":[{"physicalLocation":{"artifactLocation":{"uri":"shop"}}}]}]})~"));
  EXPECT_EQ(f.source, "trivy");
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.asset.name, "registry.example/shop:41");
  EXPECT_EQ(f.location.package, "libssl3");
  EXPECT_EQ(f.location.installed, "3.0.1-1");
  EXPECT_EQ(f.location.path, "");
  EXPECT_THAT(f.fix.versions, ElementsAre("3.0.2-1", "3.1.0-1"));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_EQ(f.severity, Severity::unknown);
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, ""}));
}

TEST(Sarif, ReadsWhatGrypeWritesIntoItsRules) {
  const Finding f = only(log_of(R"({"tool":{"driver":{"name":"grype","rules":[
    {"id":"wrong"},{"id":"GHSA-ab12-cd34-ef56-left-pad","help":{"text":
     "Vulnerability GHSA-ab12-cd34-ef56\nSeverity: low\nPackage: left-pad\nVersion: 1.0\nFix Version: \nType: npm\nLocation: /app/package.json\nLink: z"},
     "properties":{"purls":["pkg:npm/left-pad@1.0"],"security-severity":"8.2"}}]}},
    "results":[{"ruleId":"GHSA-ab12-cd34-ef56-left-pad","ruleIndex":0,"message":{"text":"m"}}]})"));
  EXPECT_EQ(f.native_id, "GHSA-ab12-cd34-ef56");
  EXPECT_THAT(f.vuln_ids, ElementsAre("GHSA-ab12-cd34-ef56"));
  EXPECT_EQ(f.severity, Severity::low);
  EXPECT_EQ(f.location.package, "left-pad");
  EXPECT_EQ(f.location.installed, "1.0");
  EXPECT_EQ(f.location.package_type, "npm");
  EXPECT_EQ(f.location.purl, "pkg:npm/left-pad@1.0");
  EXPECT_EQ(f.location.path, "/app/package.json");
  EXPECT_EQ(f.fix.available, false);
}

TEST(Sarif, ALevelComesFromTheResultTheRuleOrTheStandard) {
  const std::string rule = R"({"id":"r","defaultConfiguration":{"level":"note"}})";
  EXPECT_EQ(only_result(R"({"ruleId":"r","level":"error"})", rule).severity, Severity::high);
  EXPECT_EQ(only_result(R"({"ruleId":"r"})", rule).severity, Severity::low);
  EXPECT_EQ(only_result(R"({"ruleId":"s"})", rule).severity, Severity::medium);
  EXPECT_EQ(only_result(R"({"ruleId":"r","level":"none"})", rule).severity, Severity::info);
  EXPECT_EQ(only_result(R"({"ruleId":"r","level":"spicy"})", rule).severity, Severity::unknown);
  EXPECT_EQ(only_result(R"({"ruleId":"r"})", rule).severity_source, "level");
}

TEST(Sarif, AScoreBeatsTheLevelUnlessItIsZero) {
  const auto severity = [](const std::string& score) {
    return only_result(R"({"ruleId":"r","level":"note"})",
                       R"({"id":"r","properties":{"security-severity":")" + score + "\"}}")
        .severity;
  };
  EXPECT_EQ(severity("9.0"), Severity::critical);
  EXPECT_EQ(severity("8.9"), Severity::high);
  EXPECT_EQ(severity("4.0"), Severity::medium);
  EXPECT_EQ(severity("0.1"), Severity::low);
  EXPECT_EQ(severity("MEDIUM"), Severity::medium);
  EXPECT_EQ(severity("0.0"), Severity::low);
  EXPECT_EQ(severity("many"), Severity::low);
}

TEST(Sarif, ResultsThatAreNoFailuresSaySo) {
  const auto result = [](const std::string& kind) {
    return only_result(R"({"ruleId":"r","kind":")" + kind + "\"}");
  };
  EXPECT_EQ(result("pass").check_result, CheckResult::passed);
  EXPECT_EQ(result("pass").severity, Severity::info);
  EXPECT_EQ(result("notApplicable").check_result, CheckResult::skipped);
  EXPECT_EQ(result("open").check_result, CheckResult::error);
  EXPECT_EQ(result("open").severity, Severity::unknown);
  EXPECT_EQ(result("review").check_result, CheckResult::warning);
  EXPECT_EQ(result("review").source_status, "review");
  EXPECT_EQ(result("fail").check_result, CheckResult::none);
  EXPECT_EQ(result("fail").severity, Severity::medium);
}

TEST(Sarif, RulesAreFoundByIndexIdOrExtension) {
  const auto title = [](const std::string& result) {
    return only(log_of(
                    R"({"tool":{"driver":{"name":"c","rules":[)"
                    R"({"id":"a","name":"A"},{"id":"b","name":"B"},{"id":"b","name":"B2"}]},)"
                    R"("extensions":[{"name":"more","guid":"G","rules":[{"id":"a","name":"X"}]}]},)"
                    R"("results":[)" +
                    result + "]}"))
        .title;
  };
  EXPECT_EQ(title(R"({"ruleIndex":1})"), "B");
  EXPECT_EQ(title(R"({"ruleId":"b","ruleIndex":2})"), "B2");
  EXPECT_EQ(title(R"({"ruleId":"b","ruleIndex":0})"), "B");
  EXPECT_EQ(title(R"({"ruleId":"a/1"})"), "A");
  EXPECT_EQ(title(R"({"rule":{"id":"a"}})"), "A");
  EXPECT_EQ(title(R"({"rule":{"index":0,"toolComponent":{"index":0}}})"), "X");
  EXPECT_EQ(title(R"({"rule":{"id":"a","toolComponent":{"guid":"G"}}})"), "X");
  EXPECT_EQ(title(R"({"rule":{"index":0,"toolComponent":{"index":7}},"ruleId":"q"})"), "q");
  EXPECT_EQ(title(R"({"ruleId":"q","ruleIndex":99})"), "q");
}

TEST(Sarif, KnowsTheKindsThatTagsName) {
  const auto kind = [](const std::string& tag) {
    return only_result(R"({"ruleId":"r"})", R"({"id":"r","properties":{"tags":[")" + tag + "\"]}}")
        .kind;
  };
  EXPECT_EQ(kind("misconfiguration"), Kind::misconfiguration);
  EXPECT_EQ(kind("secret"), Kind::secret);
  EXPECT_EQ(kind("license"), Kind::license);
  EXPECT_EQ(kind("other"), Kind::vulnerability);
}

TEST(Sarif, WhatIsSuppressedIsStillAFinding) {
  const auto told = read_report(log_of(
      run_of(R"({"ruleId":"a","suppressions":[{"kind":"external","justification":"old"}]},)"
             R"({"ruleId":"b","suppressions":[{"kind":"inSource","status":"underReview"}]},)"
             R"({"ruleId":"c","suppressions":[]},{"ruleId":"d","baselineState":"absent"})")));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].source_status, "suppressed");
  EXPECT_THAT(told.findings[0].evidence, HasSubstr("suppressed: old"));
  EXPECT_EQ(told.findings[1].source_status, "suppression underReview");
  EXPECT_EQ(told.findings[2].source_status, "");
  EXPECT_EQ(told.findings[3].status, Status::fixed);
  EXPECT_THAT(told.facts.remarks,
              ElementsAre("1 findings are suppressed by the scanner's own rules"));
}

TEST(Sarif, TheToolMayStandBehindTheResults) {
  const Finding f = only(R"({"runs":[{"results":[{"ruleId":"r"}],"tool":{"driver":{"name":"Late",)"
                         R"("rules":[{"id":"r","name":"R"}]}}}],"version":"2.1.0"})");
  EXPECT_EQ(f.source, "late");
  EXPECT_EQ(f.title, "R");
}

TEST(Sarif, SeveralRunsHaveTheirOwnRulesAndMachines) {
  const auto told = read_report(
      log_of(R"({"tool":{"driver":{"name":"a","rules":[{"id":"r","name":"A"}]}},)"
             R"("automationDetails":{"id":"shop/nightly/7"},"results":[{"ruleId":"r"}]},)"
             R"({"tool":{"driver":{"name":"b","rules":[{"id":"r","name":"B"}]}},)"
             R"("automationDetails":{"id":"web/8"},"results":[]})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].title, "A");
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "shop/nightly");
  EXPECT_EQ(told.hosts[1].name, "web");
  EXPECT_THAT(told.facts.problems, IsEmpty());
}

TEST(Sarif, ARunThatDidNotLookIsNoCleanScan) {
  for (const char* results : {"", R"(,"results":null)"}) {
    const auto told =
        read_report(log_of(std::string(R"({"tool":{"driver":{"name":"Lame"}})") + results + "}"));
    EXPECT_THAT(told.hosts, IsEmpty()) << results;
    EXPECT_THAT(told.facts.problems,
                ElementsAre("the run of Lame has no list of results: it did not scan"));
  }
  EXPECT_THAT(read_report(log_of("")).facts.problems,
              ElementsAre("the report holds no run of a tool"));
}

TEST(Sarif, SaysWhatWentWrong) {
  const auto told = read_report(log_of(
      R"({"tool":{"driver":{"name":"c"}},"results":[],"invocations":[{"executionSuccessful":false,)"
      R"("exitCodeDescription":"out of memory"},{"executionSuccessful":true,)"
      R"("toolExecutionNotifications":[{"level":"error"},{"level":"note"}]}],)"
      R"("externalPropertyFileReferences":{"results":[{"location":{"uri":"r.json"}}]}})"));
  EXPECT_THAT(told.facts.problems,
              ElementsAre("the run of c keeps results in other files",
                          "the run of c failed: out of memory"));
  EXPECT_THAT(told.facts.remarks, ElementsAre("the scanner notes 1 errors of its own"));
}

TEST(Sarif, AnotherVersionIsReadWithARemark) {
  const auto told = read_report(
      R"({"version":"2.2.0","runs":[{"tool":{"driver":{"name":"c"}},"results":[{"ruleId":"r"}]}]})");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.facts.remarks, ElementsAre("SARIF version 2.2.0: read as if it were 2.1.0"));
}

TEST(Sarif, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(log_of(run_of(R"({"ruleId":"r"}, {"ruleId": oops)")));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

TEST(Sarif, StrangeValuesAreNoFindingsLost) {
  const auto told = read_report(log_of(run_of(
      R"({},{"ruleId":7,"ruleIndex":-1,"message":"old","locations":{"x":1}},)"
      R"({"ruleIndex":1e300,"locations":[null,{}],"suppressions":"x"},{"message":{"text":"{9} {","arguments":["a"]}})")));
  EXPECT_EQ(told.fault, "nothing");
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[1].evidence, "old");
  EXPECT_EQ(told.findings[3].evidence, "{9} {");
}

TEST(Sarif, ASecretIsNotToldAgain) {
  const auto told = read_report(
      R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"gitleaks","rules":[{"id":"aws-key"}]}},)"
      R"("results":[{"ruleId":"aws-key","message":{"text":"found AKIAEXAMPLE"},"locations":[)"
      R"({"physicalLocation":{"artifactLocation":{"uri":"a.env"},"region":{"startLine":3,)"
      R"("snippet":{"text":"AKIAEXAMPLE"}}}}]}]}]})");
  ASSERT_THAT(told.findings, testing::SizeIs(1));
  const Finding& finding = told.findings[0];
  EXPECT_EQ(finding.title, "aws-key");
  EXPECT_EQ(finding.description, "");
  EXPECT_EQ(finding.evidence, "a.env:3");
}

}  // namespace
}  // namespace patchbot
