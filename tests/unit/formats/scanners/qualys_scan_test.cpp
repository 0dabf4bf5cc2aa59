// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys_scan.hpp"

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

std::string report_with(const std::string& hosts, const std::string& status = "FINISHED") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
         "<!DOCTYPE SCAN SYSTEM \"https://qualys.example/scan-1.dtd\">\n"
         "<SCAN value=\"scan/1.2\"><HEADER><KEY value=\"DATE\">2026-11-22T01:00:00Z</KEY>"
         "<KEY value=\"TARGET\"><![CDATA[10.0.0.5, 10.0.1.1-10.0.1.9]]></KEY>"
         "<KEY value=\"STATUS\">" +
         status + "</KEY></HEADER>" + hosts + "</SCAN>";
}

const std::string rich =
    R"(<IP value="10.0.0.5" name="shop.example"><OS>Linux</OS><NETBIOS_HOSTNAME>SHOP</NETBIOS_HOSTNAME>
<VULNS><CAT value="Web server" port="443" protocol="tcp">
<VULN number="900001" severity="5" cveid="CVE-2026-1000,CVE-2026-1001">
 <TITLE><![CDATA[Overflow]]></TITLE><CVSS_BASE source="service">9.3</CVSS_BASE>
 <CVSS_TEMPORAL>7.1</CVSS_TEMPORAL><CVSS3_BASE>8.1</CVSS3_BASE><CVSS3_TEMPORAL>-</CVSS3_TEMPORAL>
 <CVE_ID_LIST><CVE_ID><ID>CVE-2026-1000</ID><URL>https://example.com/cve</URL></CVE_ID></CVE_ID_LIST>
 <DIAGNOSIS><![CDATA[One byte.]]></DIAGNOSIS><CONSEQUENCE><![CDATA[N/A]]></CONSEQUENCE>
 <SOLUTION><![CDATA[Update.]]></SOLUTION><RESULT><![CDATA[2.0.7]]></RESULT></VULN></CAT></VULNS>
<PRACTICES><CAT value="Local"><PRACTICE number="900002" severity="3"><TITLE>Perhaps</TITLE>
 </PRACTICE></CAT></PRACTICES>
<INFOS><CAT value="Local"><INFO number="38307" severity="3">
 <TITLE>Unix Authentication Method</TITLE></INFO></CAT></INFOS>
<SERVICES><CAT value="TCP/IP" port="22" protocol="tcp"><SERVICE number="900004" severity="1">
 <TITLE>Open</TITLE></SERVICE></CAT></SERVICES></IP>)";

TEST(QualysScan, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(report_with(rich));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "qualys-scan");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  EXPECT_THAT(told.facts.targets, ElementsAre("10.0.0.5", "10.0.1.1-10.0.1.9"));
  ASSERT_THAT(told.findings, SizeIs(4));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.source, "qualys");
  EXPECT_EQ(f.source_status, "confirmed");
  EXPECT_EQ(f.native_id, "900001");
  EXPECT_EQ(f.title, "Overflow");
  EXPECT_EQ(f.description, "One byte.");
  EXPECT_EQ(f.fix.solution, "Update.");
  EXPECT_EQ(f.evidence, "2.0.7");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "CVE-2026-1001"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/cve"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"2.0", "", 9.3, "", 7.1, "qualys"}, Cvss{"3.0", "", 8.1, "", {}, "qualys"}));
  EXPECT_EQ(f.location.port, 443);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T01:00:00Z"));
}

TEST(QualysScan, PotentialWeaknessesAreOnesAndInformationIsNone) {
  const auto told = read_report(report_with(rich));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[1].severity, Severity::medium);
  EXPECT_EQ(told.findings[1].source_status, "potential");
  EXPECT_EQ(told.findings[1].location.port, std::nullopt);
  EXPECT_EQ(told.findings[2].severity, Severity::info);
  EXPECT_EQ(told.findings[3].severity, Severity::info);
  EXPECT_EQ(told.findings[3].location.port, 22);
}

TEST(QualysScan, EveryHostThatIsUpWasScanned) {
  const auto told = read_report(
      report_with(rich + "<IP value='10.0.1.1' name='No registered hostname'><VULNS></VULNS></IP>" +
                  "<IP value='10.0.1.2' name='x' status='down'/><IP value='10.0.1.3'/>"));
  ASSERT_THAT(told.hosts, SizeIs(4));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example", "SHOP"));
  EXPECT_EQ(told.hosts[0].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[1].name, "10.0.0.5");
  EXPECT_EQ(told.hosts[1].authenticated, true);
  EXPECT_EQ(told.hosts[2].name, "10.0.1.1");
  EXPECT_THAT(told.hosts[2].aliases, IsEmpty());
  EXPECT_EQ(told.hosts[2].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[3].name, "10.0.1.3");
}

TEST(QualysScan, AScanThatFoundNobodyOrBrokeOffSaysSo) {
  const auto cancelled = read_report(report_with("", "CANCELED"));
  EXPECT_EQ(cancelled.format, "qualys-scan");
  EXPECT_THAT(cancelled.hosts, IsEmpty());
  EXPECT_THAT(cancelled.facts.problems, ElementsAre("the scan is not finished: CANCELED"));
  EXPECT_THAT(cancelled.facts.targets, SizeIs(2));
  const auto failed = read_report(report_with("<ERROR number=\"3\">No credit</ERROR>"));
  EXPECT_THAT(failed.facts.problems, ElementsAre("Qualys tells of an error 3: No credit"));
}

TEST(QualysScan, WhatWasReadBeforeABreakStands) {
  const std::string whole = report_with(rich);
  const auto told = read_report(whole.substr(0, whole.find("</PRACTICES>")));
  EXPECT_THAT(told.findings, SizeIs(2));
  EXPECT_THAT(told.fault, HasSubstr("the file ends inside"));
}

}  // namespace
}  // namespace patchbot
