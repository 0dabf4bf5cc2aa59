// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/openvas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/records/openvas_fields.hpp"
#include "reading.hpp"

namespace patchbot {
namespace {

using test::read_report;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string report_with(const std::string& inside) {
  return "<?xml version='1.0'?><report id='r' format_id='f'><name>weekly</name>"
         "<report id='r'><gmp><version>22.6</version></gmp>"
         "<scan_run_status>Done</scan_run_status>"
         "<scan_start>2026-11-22T01:00:00Z</scan_start>" +
         inside + "</report></report>";
}

std::string results(const std::string& inside) {
  return report_with("<results start='1' max='-1'>" + inside + "</results>");
}

const std::string rich = R"(<result id="11111111-2222-3333-4444-555555555555">
  <name>Shop Server &lt; 2.1 Overflow</name>
  <creation_time>2026-11-22T02:03:04+01:00</creation_time>
  <host>10.0.0.5<asset asset_id="a"/><hostname>shop.example</hostname></host>
  <port>8443/tcp</port>
  <nvt oid="1.3.6.1.4.1.25623.1.0.999001"><type>nvt</type><name>Shop Server</name>
   <cvss_base>8.1</cvss_base>
   <severities score="8.1">
    <severity type="cvss_base_v3"><origin>NVD</origin><score>8.1</score>
     <value>CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H</value></severity>
    <severity type="cvss_base_v2"><origin>Vendor</origin><score>93</score>
     <value>AV:N/AC:M/Au:N/C:C/I:C/A:C</value></severity></severities>
   <tags>summary=It overflows.|insight=By one
  byte.|affected=All before 2.1.|impact=Code runs.|solution_type=VendorFix</tags>
   <solution type="VendorFix">Update to 2.1.</solution>
   <epss><max_severity><score>0.02</score><percentile>0.5</percentile></max_severity>
    <max_epss><score>0.3</score><percentile>0.9</percentile></max_epss></epss>
   <refs><ref type="cve" id="CVE-2026-1000"/><ref type="cve" id="CVE-2026-1001"/>
    <ref type="url" id="https://example.com/advisory"/><ref type="cert-bund" id="CB-1"/></refs>
  </nvt>
  <threat>High</threat><severity>8.1</severity>
  <qod><value>97</value><type>registry</type></qod>
  <description>Installed version: 2.0.7
Fixed version:     2.1
Installation
path / port:       /opt/shop</description>
 </result>)";

TEST(Openvas, ReadsEveryFieldOfAResult) {
  const auto told = read_report(results(rich));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "openvas");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "threat");
  EXPECT_EQ(f.source, "openvas");
  EXPECT_EQ(f.source_version, "GMP 22.6");
  EXPECT_EQ(f.source_status, "");
  EXPECT_EQ(f.native_id, "1.3.6.1.4.1.25623.1.0.999001");
  EXPECT_EQ(f.title, "Shop Server < 2.1 Overflow");
  EXPECT_EQ(f.synopsis, "It overflows.");
  EXPECT_EQ(f.description, "By one\n  byte.\n\nAll before 2.1.\n\nCode runs.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "CVE-2026-1001"));
  EXPECT_EQ(f.location.port, 8443);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.installed, "2.0.7");
  EXPECT_EQ(f.location.path, "");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_EQ(f.fix.solution, "VendorFix: Update to 2.1.");
  EXPECT_THAT(f.fix.versions, ElementsAre("2.1"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.1, "", {}, "NVD"},
                  Cvss{"2.0", "AV:N/AC:M/Au:N/C:C/I:C/A:C", 9.3, "", {}, "Vendor"}));
  EXPECT_EQ(f.epss, (Epss{0.3, 0.9, "", {}}));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/advisory"));
  EXPECT_THAT(f.xrefs, ElementsAre("cert-bund:CB-1"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T01:03:04Z"));
  EXPECT_THAT(f.evidence, HasSubstr("/opt/shop\nquality of detection: 97 %"));
}

TEST(Openvas, TheAddressIsTheHostAndItsNameAnAlias) {
  const auto told = read_report(results(rich));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.5");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example"));
  EXPECT_EQ(told.hosts[0].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T01:00:00Z"));
}

std::string host(const std::string& address, const std::string& details) {
  return "<host><ip>" + address + "</ip><start>2026-11-22T01:01:00Z</start>" +
         "<end>2026-11-22T01:20:00Z</end>" + details + "</host>";
}

std::string detail(const std::string& name, const std::string& value) {
  return "<detail><name>" + name + "</name><value>" + value + "</value></detail>";
}

TEST(Openvas, HostsWithoutResultsWereScannedAndTellOfLogins) {
  const auto told = read_report(report_with(
      "<results/>" +
      host("10.0.0.5",
           detail("hostname", "shop.example") + detail("Auth-SMB-Failure", "Port 445") +
               detail("Auth-SSH-Success", "Protocol SSH, Port 22")) +
      host("10.0.0.6", detail("Auth-SSH-Failure", "Port 22") + detail("Auth-SNMP-Success", "")) +
      host("10.0.0.7", detail("Auth-SNMP-Success", ""))));
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_THAT(told.findings, IsEmpty());
  EXPECT_THAT(told.facts.problems, IsEmpty());
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T01:20:00Z"));
  EXPECT_EQ(told.hosts[1].authenticated, false);
  EXPECT_EQ(told.hosts[2].authenticated, std::nullopt);
}

TEST(Openvas, AHostWithoutAnEndWasNotScannedToIt) {
  const auto told = read_report(report_with(
      "<results/><host><ip>10.0.0.5</ip><start>2026-11-22T01:01:00Z</start><end/></host>"));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].finished, false);
}

std::string rated(const std::string& elements) {
  return "<result><name>n</name><host>10.0.0.5</host><port>general/tcp</port>"
         "<nvt oid='1.2.3'/>" +
         elements + "</result>";
}

TEST(Openvas, TheWordDecidesAndTheScoreWhereItSaysMore) {
  const auto told =
      read_report(results(rated("<threat>Medium</threat><severity>6.9</severity>") +
                          rated("<threat>High</threat><severity>9.0</severity>") +
                          rated("<threat>High</threat><severity>8.9</severity>") +
                          rated("<threat>Critical</threat><severity>9.8</severity>") +
                          rated("<threat>Log</threat><severity>0.0</severity>") +
                          rated("<threat/><severity>4.0</severity>") +
                          rated("<threat>Alarm</threat><severity>7.5</severity>") +
                          rated("<threat>Spicy</threat><severity>-3.0</severity>") + rated("")));
  std::vector<Severity> severities;
  for (const Finding& f : told.findings) severities.push_back(f.severity);
  EXPECT_THAT(severities,
              ElementsAre(Severity::medium,
                          Severity::critical,
                          Severity::high,
                          Severity::critical,
                          Severity::info,
                          Severity::medium,
                          Severity::high,
                          Severity::unknown,
                          Severity::unknown));
  EXPECT_EQ(told.findings[1].severity_source, "severity");
  EXPECT_EQ(told.findings[5].severity_source, "severity");
  EXPECT_EQ(told.findings[0].location.port, std::nullopt);
  EXPECT_EQ(told.findings[0].location.protocol, "tcp");
}

TEST(Openvas, WhatPeopleDecidedInTheScannerIsSaidAndHidesNothing) {
  const auto told = read_report(results(
      rated("<threat>False Positive</threat><severity>-1.0</severity>"
            "<original_threat>High</original_threat><original_severity>7.5</original_severity>") +
      rated(
          "<threat>Low</threat><severity>2.0</severity><original_threat>High</original_threat>")));
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].severity, Severity::high);
  EXPECT_EQ(told.findings[0].source_status, "false positive");
  EXPECT_EQ(told.findings[1].severity, Severity::low);
  EXPECT_EQ(told.findings[1].source_status, "overridden, was High");
}

TEST(Openvas, ReadsWhatOldVersionsWrote) {
  const auto told = read_report(results(
      "<result><host>10.0.0.5</host><port>ssh (22/tcp)</port><nvt oid='1.2.3'><name>Old</name>"
      "<cvss_base>5.0</cvss_base><cve>CVE-2010-1, CVE-2010-2</cve><bid>NOBID</bid>"
      "<xref>URL:https://example.com/old, DSA:1</xref>"
      "<tags>cvss_base_vector=AV:N/AC:L/Au:N/C:P/I:N/A:N|solution=Wait.|solution_type=WillNotFix"
      "</tags></nvt><threat>Medium</threat></result>"));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.title, "Old");
  EXPECT_EQ(f.location.port, 22);
  EXPECT_EQ(f.location.service, "ssh");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2010-1", "CVE-2010-2"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/old"));
  EXPECT_THAT(f.xrefs, ElementsAre("DSA:1"));
  EXPECT_THAT(f.cvss, ElementsAre(Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "", {}, ""}));
  EXPECT_EQ(f.fix.available, false);
  EXPECT_EQ(f.fix.solution, "WillNotFix: Wait.");
}

TEST(Openvas, ACheckOfVersionsAloneIsItsCve) {
  const auto told = read_report(results(
      "<result><name>CVE-2026-7</name><host>10.0.0.5</host><nvt oid='CVE-2026-7'/></result>"));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].native_id, "CVE-2026-7");
  EXPECT_THAT(told.findings[0].vuln_ids, ElementsAre("CVE-2026-7"));
}

TEST(Openvas, NobodyKnowsWhichOfSeveralVersionsIsMeant) {
  const auto told =
      read_report(results(rated("<description>Installed version: 1.0\nFixed version: 1.1\n\n"
                                "Installed version: 2.0\nFixed version: None</description>")));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].location.installed, "");
  EXPECT_THAT(told.findings[0].fix.versions, ElementsAre("1.1"));
}

TEST(Openvas, AuditsAndComparisonsHaveWordsOfTheirOwn) {
  const auto told = read_report(results(rated("<threat>High</threat><compliance>no</compliance>") +
                                        rated("<threat>Log</threat><compliance>yes</compliance>") +
                                        rated("<compliance>incomplete</compliance>") +
                                        rated("<threat>High</threat><delta>gone</delta>") +
                                        rated("<compliance>undefined</compliance>")));
  ASSERT_THAT(told.findings, SizeIs(5));
  EXPECT_EQ(told.findings[0].kind, Kind::compliance);
  EXPECT_EQ(told.findings[0].check_result, CheckResult::failed);
  EXPECT_EQ(told.findings[0].location.check_id, "1.2.3");
  EXPECT_EQ(told.findings[1].check_result, CheckResult::passed);
  EXPECT_EQ(told.findings[1].severity, Severity::info);
  EXPECT_EQ(told.findings[2].check_result, CheckResult::error);
  EXPECT_EQ(told.findings[3].status, Status::fixed);
  EXPECT_EQ(told.findings[4].kind, Kind::vulnerability);
}

TEST(Openvas, APageOfAReportIsNotTheReport) {
  const auto told = read_report(
      report_with("<results start='1' max='1'>" + rich +
                  "</results><result_count>9<full>9</full><filtered>3</filtered></result_count>"));
  EXPECT_THAT(told.facts.problems, ElementsAre(HasSubstr("only 1 of 3 results are here")));
}

std::string filtered(const std::string& term) {
  return report_with("<filters id=''><term>" + term + "</term></filters><results>" + rich +
                     "</results><result_count>9<full>9</full><filtered>1</filtered>"
                     "<hole deprecated='1'><full>3</full><filtered>1</filtered></hole>"
                     "<high><full>3</full><filtered>1</filtered></high>"
                     "<log><full>6</full><filtered>0</filtered></log></result_count>");
}

TEST(Openvas, WhatAFilterHidesIsAProblemUnlessItIsTheUsualOne) {
  const auto usual =
      read_report(filtered("apply_overrides=0 levels=hml min_qod=70 rows=-1 first=1"));
  EXPECT_THAT(usual.facts.problems, IsEmpty());
  EXPECT_THAT(usual.facts.remarks, ElementsAre(HasSubstr("hides 2 results")));
  for (const char* term : {"levels=h min_qod=70", "levels=hml min_qod=90", "severity&gt;7", ""}) {
    EXPECT_THAT(read_report(filtered(term)).facts.problems,
                ElementsAre(HasSubstr("hides 2 results")))
        << term;
  }
}

TEST(Openvas, AScanThatIsNotDoneAndErrorsAreProblems) {
  const auto told = read_report(
      "<report><report><scan_run_status>Stopped</scan_run_status><results/><errors><count>2</count>"
      "<error><host>10.0.0.9<asset/></host><description>timed out</description></error>"
      "<error><host>10.0.0.9</host><description>other</description></error></errors>"
      "</report></report>");
  EXPECT_THAT(told.facts.problems,
              ElementsAre("the scan is not done: Stopped",
                          "2 errors while scanning, the first on 10.0.0.9: timed out"));
}

TEST(Openvas, ReadsAnswersOfTheProtocolAndInnerReports) {
  const std::string inner =
      "<report><scan_run_status>Done</scan_run_status><results>" + rich + "</results></report>";
  for (const std::string& text :
       {inner,
        "<get_reports_response status='200'><report>" + inner + "</report></get_reports_response>",
        "<get_results_response status='200'>" + rich + "</get_results_response>"}) {
    const auto told = read_report(text);
    EXPECT_EQ(told.format, "openvas");
    EXPECT_THAT(told.findings, SizeIs(1)) << text;
  }
}

TEST(Openvas, WhatWasReadBeforeABreakStands) {
  const std::string whole = results(rich);
  const auto told = read_report(whole.substr(0, whole.find("</results>")));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("the file ends inside"));
}

TEST(OpenVas, KnowsHowGreenboneMarksWhatIsKnownExploited) {
  EXPECT_TRUE(is_kev_mark("cisa", "Known Exploited Vulnerability (KEV) catalog"));
  EXPECT_FALSE(is_kev_mark("cisa", "ICSA-20-1"));
  EXPECT_FALSE(is_kev_mark("url", "Known Exploited Vulnerability (KEV) catalog"));
}

}  // namespace
}  // namespace patchbot
