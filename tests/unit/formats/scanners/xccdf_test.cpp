// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/xccdf.hpp"

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

const std::string rules = R"(<status>accepted</status><title>Baseline <b>7</b></title>
  <Group id="g1"><title>Group</title><Group id="g2"><Rule id="rule_ssh" severity="high">
    <title>No root
      over SSH</title>
    <description>Set <html:code>PermitRootLogin no</html:code> in the file.</description>
    <rationale>Root is shared.</rationale>
    <reference href="https://example.com/cci">CCI-000366</reference>
    <reference><dc:identifier>AC-17</dc:identifier></reference>
    <fixtext>Edit <i>sshd_config</i>.</fixtext>
    <ident system="https://example.com/cce">CCE-80424-5</ident>
    </Rule></Group></Group>
  <Rule id="rule_plain" severity="low"><title>Plain</title></Rule>)";

std::string test_of(const std::string& results) {
  return R"(<TestResult id="t" start-time="2026-11-22T03:00:00Z" end-time="2026-11-22T03:04:05Z"
    test-system="cpe:/a:redhat:openscap:1.3.6"><benchmark href="a/b.xml"/>
    <identity authenticated="false" privileged="true">root</identity><target>web-7</target>
    <target-address>127.0.0.1</target-address><target-address>10.0.0.7</target-address>
    <target-address>2001:db8::7</target-address><target-address>a.b:80</target-address>
    <target-facts><fact name="urn:xccdf:fact:asset:identifier:fqdn">web-7.example.com</fact>
    <fact name="urn:xccdf:fact:asset:identifier:ec2_instance_id">i-0123456789abcdef0</fact>
    <fact name="urn:xccdf:fact:ethernet:MAC">00:11:22:33:44:55</fact></target-facts>)" +
         results + "</TestResult>";
}

std::string benchmark_of(const std::string& results) {
  return R"(<?xml version="1.0"?><x:Benchmark xmlns:x="http://checklists.nist.gov/xccdf/1.2" id="b-1">)" +
         rules + test_of(results) + "</x:Benchmark>";
}

std::string result_of(const std::string& word) {
  return R"(<rule-result idref="rule_plain"><result>)" + word + "</result></rule-result>";
}

const std::string rich = R"(<rule-result idref="rule_ssh" severity="medium" weight="10.0">
    <result>fail</result>
    <override authority="Ann" time="2026-11-22T03:04:05Z"><old-result>pass</old-result>
      <new-result>fail</new-result><remark>wrong file</remark></override>
    <ident system="https://example.com/cci">CCI-1</ident><message severity="info">seen</message>
    <instance>/etc/ssh/sshd_config</instance>
    <check system="oval"><check-import import-name="stdout">PermitRootLogin yes</check-import>
      <check-content-ref name="oval:ssh:def:1" href="o.xml"/></check></rule-result>)";

TEST(Xccdf, ReadsEveryFieldOfAFailedRule) {
  const auto told = read_report(benchmark_of(rich));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "xccdf");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.hosts, SizeIs(1));
  const ScannedHost& host = told.hosts[0];
  EXPECT_EQ(host.name, "web-7");
  EXPECT_EQ(host.address, "10.0.0.7");
  EXPECT_EQ(host.instance, "i-0123456789abcdef0");
  EXPECT_THAT(host.aliases, ElementsAre("2001:db8::7", "web-7.example.com"));
  EXPECT_EQ(host.authenticated, true);
  EXPECT_EQ(host.seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::compliance);
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.severity, Severity::medium);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "openscap");
  EXPECT_EQ(f.source_version, "1.3.6");
  EXPECT_EQ(f.source_status, "");
  EXPECT_EQ(f.native_id, "rule_ssh");
  EXPECT_EQ(f.title, "No root over SSH");
  EXPECT_EQ(f.description, "Set PermitRootLogin no in the file.\n\nRationale: Root is shared.");
  EXPECT_EQ(f.location.check, "No root over SSH");
  EXPECT_EQ(f.location.check_id, "rule_ssh");
  EXPECT_EQ(f.location.benchmark, "b-1");
  EXPECT_EQ(f.location.path, "/etc/ssh/sshd_config");
  EXPECT_EQ(f.check_list, "Baseline 7");
  EXPECT_EQ(f.fix.solution, "Edit sshd_config.");
  EXPECT_THAT(f.vuln_ids, IsEmpty());
  EXPECT_THAT(f.xrefs,
              ElementsAre("CCE:CCE-80424-5",
                          "reference:CCI-000366",
                          "reference:AC-17",
                          "CCI:CCI-1",
                          "check:oval:ssh:def:1"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/cci"));
  EXPECT_EQ(f.evidence,
            "info: seen\nPermitRootLogin yes\n"
            "overridden by Ann: pass became fail, wrong file\nweight: 10.0");
}

TEST(Xccdf, EveryResultWordHasItsMeaning) {
  const auto finding = [](const std::string& word) {
    return read_report(benchmark_of(result_of(word))).findings.at(0);
  };
  for (const char* word : {"pass", "fixed", "informational"}) {
    EXPECT_EQ(finding(word).check_result, CheckResult::passed) << word;
    EXPECT_EQ(finding(word).severity, Severity::info) << word;
  }
  for (const char* word : {"notapplicable", "notchecked", "notselected"}) {
    EXPECT_EQ(finding(word).check_result, CheckResult::skipped) << word;
    EXPECT_EQ(finding(word).source_status, word);
  }
  for (const char* word : {"error", "unknown", "spicy", ""}) {
    EXPECT_EQ(finding(word).check_result, CheckResult::error) << word;
    EXPECT_EQ(finding(word).severity, Severity::unknown) << word;
  }
  EXPECT_EQ(finding("fail").check_result, CheckResult::failed);
}

TEST(Xccdf, TheSeverityIsOfTheResultElseOfTheRuleElseUnknown) {
  const auto severity = [](const std::string& attributes) {
    return read_report(
               benchmark_of("<rule-result " + attributes + "><result>fail</result></rule-result>"))
        .findings.at(0)
        .severity;
  };
  EXPECT_EQ(severity(R"(idref="rule_plain" severity="high")"), Severity::high);
  EXPECT_EQ(severity(R"(idref="rule_plain")"), Severity::low);
  EXPECT_EQ(severity(R"(idref="rule_plain" severity="unknown")"), Severity::unknown);
  EXPECT_EQ(severity(R"(idref="elsewhere")"), Severity::unknown);
}

TEST(Xccdf, ARuleWithACveIsAboutAVulnerability) {
  const auto finding = [](const std::string& word) {
    return read_report(benchmark_of(R"(<rule-result idref="rhsa" severity="high"><result>)" + word +
                                    "</result><ident>CVE-2026-1000</ident></rule-result>"))
        .findings.at(0);
  };
  EXPECT_EQ(finding("fail").kind, Kind::vulnerability);
  EXPECT_EQ(finding("fail").check_result, CheckResult::none);
  EXPECT_EQ(finding("fail").severity, Severity::high);
  EXPECT_THAT(finding("fail").vuln_ids, ElementsAre("CVE-2026-1000"));
  EXPECT_EQ(finding("pass").check_result, CheckResult::passed);
  EXPECT_EQ(finding("error").check_result, CheckResult::error);
}

TEST(Xccdf, TwoMachinesThatCallThemselvesLocalhostAreTwo) {
  const auto told =
      read_report(R"(<TestResult><benchmark id="b"/><target>localhost.localdomain</target>)"
                  R"(<target-address>10.0.0.8</target-address>)" +
                  result_of("pass") + "</TestResult>");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.8");
  EXPECT_EQ(told.hosts[0].authenticated, std::nullopt);
  EXPECT_EQ(told.findings.at(0).title, "rule_plain");
  EXPECT_EQ(told.findings.at(0).location.benchmark, "b");
  EXPECT_EQ(told.findings.at(0).check_list, "b");
}

TEST(Xccdf, ReadsAssetReports) {
  const auto told = read_report(
      R"(<arf:asset-report-collection xmlns:arf="urn:arf"><arf:report-requests><arf:report-request>
      <arf:content><ds:data-stream-collection><ds:component><Benchmark id="b-1">)" +
      rules + R"(</Benchmark></ds:component></ds:data-stream-collection></arf:content>
      </arf:report-request></arf:report-requests><arf:reports><arf:report><arf:content>)" +
      test_of(rich) + "</arf:content></arf:report><arf:report><arf:content>" +
      R"(<TestResult><benchmark id="b-1"/><target>web-8</target>)" + result_of("fail") +
      "</TestResult></arf:content></arf:report></arf:reports></arf:asset-report-collection>");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "xccdf-arf");
  ASSERT_THAT(told.findings, SizeIs(2));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[1].name, "web-8");
  EXPECT_EQ(told.findings[0].title, "No root over SSH");
  EXPECT_EQ(told.findings[0].location.benchmark, "b.xml");
  EXPECT_EQ(told.findings[1].title, "Plain");
  EXPECT_EQ(told.findings[1].severity, Severity::low);
  EXPECT_EQ(told.findings[1].check_list, "Baseline 7");
}

TEST(Xccdf, WhatTestedNothingIsNoCleanScan) {
  const auto rules_only = read_report(R"(<Benchmark id="b">)" + rules + "</Benchmark>");
  EXPECT_THAT(rules_only.facts.problems, ElementsAre("the document holds no test results"));
  const auto empty = read_report(benchmark_of(""));
  EXPECT_THAT(empty.hosts, IsEmpty());
  EXPECT_THAT(empty.facts.problems,
              ElementsAre("a test result of web-7 holds no results of rules"));
}

TEST(Xccdf, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(benchmark_of(result_of("pass") + "<rule-result></oops>"));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("input"));
}

}  // namespace
}  // namespace patchbot
