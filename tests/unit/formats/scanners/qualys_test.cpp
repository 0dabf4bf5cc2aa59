// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys.hpp"

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

const std::string top =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
    "<!DOCTYPE ASSET_DATA_REPORT SYSTEM \"https://qualys.example/asset_data_report.dtd\">\n"
    "<ASSET_DATA_REPORT><HEADER><COMPANY><![CDATA[Shop]]></COMPANY></HEADER>";

std::string host(const std::string& address, const std::string& more, const std::string& found) {
  return "<HOST><IP>" + address + "</IP>" + more + "<VULN_INFO_LIST>" + found +
         "</VULN_INFO_LIST></HOST>";
}

std::string report_with(const std::string& hosts, const std::string& details) {
  return top + "<HOST_LIST>" + hosts + "</HOST_LIST><GLOSSARY><VULN_DETAILS_LIST>" + details +
         "</VULN_DETAILS_LIST></GLOSSARY></ASSET_DATA_REPORT>\n<!-- end //-->\n";
}

std::string found(const std::string& qid, const std::string& more) {
  return "<VULN_INFO><QID id=\"qid_" + qid + "\">" + qid + "</QID>" + more + "</VULN_INFO>";
}

std::string details(const std::string& qid, const std::string& level, const std::string& more) {
  return "<VULN_DETAILS id=\"qid_" + qid + "\"><QID id=\"qid_" + qid + "\">" + qid +
         "</QID><TITLE><![CDATA[Check " + qid + "]]></TITLE><SEVERITY>" + level + "</SEVERITY>" +
         more + "</VULN_DETAILS>";
}

const std::string rich_found = found(
    "900001",
    "<TYPE>Vuln</TYPE><PORT>443</PORT><SERVICE>https</SERVICE><PROTOCOL>tcp</PROTOCOL>"
    "<SSL>true</SSL><INSTANCE>shop</INSTANCE><RESULT format=\"table\"><![CDATA[a\tb <c>]]></RESULT>"
    "<FIRST_FOUND>2026-10-01T01:00:00Z</FIRST_FOUND><LAST_FOUND>2026-11-20T01:00:00Z</LAST_FOUND>"
    "<TIMES_FOUND>9</TIMES_FOUND><VULN_STATUS>Re-Opened</VULN_STATUS>");

const std::string rich_details = details(
    "900001",
    "4",
    R"(<THREAT><![CDATA[One byte too many.<P>It is &quot;late&quot; & <script> stays.]]></THREAT>
<IMPACT><![CDATA[Code runs.<BR>]]></IMPACT>
<SOLUTION><![CDATA[Update to <A HREF="https://example.com/fix" TARGET="_blank">2.1</A>.]]></SOLUTION>
<CVSS_SCORE><CVSS_BASE>5.0 (AV:N/AC:L/Au:N/C:P/I:N/A:N)</CVSS_BASE>
 <CVSS_TEMPORAL>3.7 (E:U/RL:OF/RC:C)</CVSS_TEMPORAL></CVSS_SCORE>
<CVSS3_SCORE><CVSS3_BASE>8.6 (AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N)</CVSS3_BASE>
 <CVSS3_TEMPORAL>-</CVSS3_TEMPORAL><CVSS3_VERSION>3.1</CVSS3_VERSION></CVSS3_SCORE>
<VENDOR_REFERENCE_LIST><VENDOR_REFERENCE><ID><![CDATA[SHOP-1]]></ID>
 <URL><![CDATA[https://example.com/shop-1]]></URL></VENDOR_REFERENCE></VENDOR_REFERENCE_LIST>
<CVE_ID_LIST><CVE_ID><ID><![CDATA[CVE-2026-1000]]></ID>
 <URL><![CDATA[https://example.com/cve]]></URL></CVE_ID>
 <CVE_ID><ID>CVE-2026-1001</ID></CVE_ID></CVE_ID_LIST>
<BUGTRAQ_ID_LIST><BUGTRAQ_ID><ID>777</ID></BUGTRAQ_ID></BUGTRAQ_ID_LIST>
<CORRELATION><EXPLOITABILITY><EXPLT_SRC><SRC_NAME>Metasploit</SRC_NAME><EXPLT_LIST>
 <EXPLT><REF>CVE-2026-1000</REF><DESC>d</DESC><LINK>https://example.com/exploit</LINK></EXPLT>
 </EXPLT_LIST></EXPLT_SRC></EXPLOITABILITY></CORRELATION>)");

TEST(Qualys, ReadsEveryFieldOfADetectionAndItsGlossary) {
  const auto told = read_report(report_with(host("10.0.0.5", "", rich_found), rich_details));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "qualys");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "qualys");
  EXPECT_EQ(f.source_status, "Re-Opened, confirmed");
  EXPECT_EQ(f.status, Status::reopened);
  EXPECT_EQ(f.native_id, "900001");
  EXPECT_EQ(f.title, "Check 900001");
  EXPECT_EQ(f.description, "One byte too many.\nIt is \"late\" & <script> stays.\n\nCode runs.");
  EXPECT_EQ(f.fix.solution, "Update to 2.1.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "CVE-2026-1001"));
  EXPECT_THAT(
      f.refs,
      ElementsAre(
          "https://example.com/fix", "https://example.com/cve", "https://example.com/shop-1"));
  EXPECT_THAT(f.xrefs, ElementsAre("VENDOR:SHOP-1", "BID:777"));
  EXPECT_EQ(f.exploit, "functional");
  EXPECT_THAT(f.exploit_refs, ElementsAre("https://example.com/exploit"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "E:U/RL:OF/RC:C", 3.7, "qualys"},
                  Cvss{"3.1", "AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N", 8.6, "", {}, "qualys"}));
  EXPECT_EQ(f.location.port, 443);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.service, "https");
  EXPECT_EQ(f.location.path, "shop");
  EXPECT_EQ(f.evidence, "a\tb <c>");
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-10-01T01:00:00Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-20T01:00:00Z"));
  EXPECT_EQ(f.seen_at, f.last_seen);
}

TEST(Qualys, HostsAreKnownByAddressAndSeenWhenAnythingOnThemWas) {
  const auto told = read_report(report_with(
      host("10.0.0.5",
           "<TRACKING_METHOD>QAGENT</TRACKING_METHOD><DNS>shop.example</DNS>"
           "<EC2_INSTANCE_ID>i-0123456789abcdef0</EC2_INSTANCE_ID><NETBIOS>SHOP</NETBIOS>",
           rich_found + found("900002", "<LAST_FOUND>2026-11-19T01:00:00Z</LAST_FOUND>")) +
          "<HOST><IP>10.0.0.6</IP><TRACKING_METHOD>IP</TRACKING_METHOD></HOST>",
      rich_details));
  EXPECT_THAT(told.findings, SizeIs(2));
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_EQ(told.hosts[0].instance, "i-0123456789abcdef0");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example", "SHOP"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[1].name, "10.0.0.5");
  EXPECT_EQ(told.hosts[1].seen_at, parse_rfc3339("2026-11-20T01:00:00Z"));
  EXPECT_EQ(told.hosts[2].name, "10.0.0.6");
  EXPECT_EQ(told.hosts[2].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[2].seen_at, std::nullopt);
}

TEST(Qualys, LevelsAreSeveritiesButInformationIsNoWeakness) {
  std::string hosts;
  std::string glossary;
  for (int level = 1; level <= 6; ++level) {
    const std::string number = std::to_string(level);
    hosts += found("90000" + number, "<TYPE>Practice</TYPE>");
    glossary += details("90000" + number, number, "");
  }
  hosts += found("900005", "<TYPE>Ig</TYPE>") + found("900009", "<TYPE>Vuln</TYPE>");
  const auto told = read_report(report_with(host("10.0.0.5", "", hosts), glossary));
  std::vector<Severity> severities;
  for (const Finding& f : told.findings) severities.push_back(f.severity);
  EXPECT_THAT(severities,
              ElementsAre(Severity::info,
                          Severity::low,
                          Severity::medium,
                          Severity::high,
                          Severity::critical,
                          Severity::unknown,
                          Severity::info,
                          Severity::unknown));
  EXPECT_EQ(told.findings[0].source_status, "potential");
  EXPECT_EQ(told.findings[6].source_status, "information");
  EXPECT_EQ(told.findings[6].severity_source, "type");
  EXPECT_EQ(told.findings[7].title, "QID 900009");
}

TEST(Qualys, WhatIsFixedIsNoLongerOpen) {
  const auto told = read_report(report_with(
      host("10.0.0.5",
           "",
           found("900001",
                 "<TYPE>Vuln</TYPE><LAST_FOUND>2026-11-01T01:00:00Z</LAST_FOUND>"
                 "<VULN_STATUS>Fixed</VULN_STATUS><LAST_FIXED>2026-11-20T01:00:00Z</LAST_FIXED>")),
      rich_details));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].status, Status::fixed);
  EXPECT_EQ(told.findings[0].seen_at, parse_rfc3339("2026-11-20T01:00:00Z"));
}

TEST(Qualys, ChecksTellOfLogins) {
  const auto named = [](const std::string& title) {
    return "<VULN_DETAILS><QID>900001</QID><TITLE>" + title + "</TITLE></VULN_DETAILS>";
  };
  const std::string one = host("10.0.0.5", "", found("900001", "<TYPE>Ig</TYPE>"));
  const auto login_by = [&](const std::string& title) {
    return read_report(report_with(one, named(title))).hosts.back().authenticated;
  };
  EXPECT_EQ(login_by("Unix Authentication Method"), true);
  EXPECT_EQ(login_by("Windows Authentication Method for User-Provided Credentials"), true);
  EXPECT_EQ(login_by("Windows Authentication Failed"), false);
  EXPECT_EQ(login_by("Windows Authentication Method"), std::nullopt);
  EXPECT_EQ(login_by("Oracle Authentication Failed"), std::nullopt);
}

TEST(Qualys, AppendicesNameMachinesWithoutFindingsAndWithoutResults) {
  const auto told = read_report(
      top +
      "<APPENDICES><NO_RESULTS><IP_LIST><RANGE><START>10.0.0.9</START><END>10.0.0.9</END></RANGE>"
      "</IP_LIST></NO_RESULTS><NO_VULNS><IP_LIST><RANGE><START>10.0.0.254</START>"
      "<END>10.0.1.1</END></RANGE><RANGE><START>10.0.2.7</START><END>10.0.2.7</END></RANGE>"
      "</IP_LIST></NO_VULNS></APPENDICES></ASSET_DATA_REPORT>");
  std::vector<std::string> names;
  for (const ScannedHost& one : told.hosts) names.push_back(one.name);
  EXPECT_THAT(names, ElementsAre("10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1", "10.0.2.7"));
  EXPECT_THAT(told.facts.targets, ElementsAre("10.0.0.9"));
  EXPECT_THAT(told.facts.problems, IsEmpty());
}

TEST(Qualys, AnErrorIsNoCleanReport) {
  const auto told = read_report(top + "<ERROR number=\"999\">No hosts</ERROR></ASSET_DATA_REPORT>");
  EXPECT_EQ(told.format, "qualys");
  EXPECT_THAT(told.facts.problems, ElementsAre("Qualys tells of an error 999: No hosts"));
}

TEST(Qualys, AReportWithoutHostsIsOne) {
  const auto told = read_report(top + "</ASSET_DATA_REPORT>");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "qualys");
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(Qualys, WhatWasReadBeforeABreakStands) {
  const std::string whole = report_with(host("10.0.0.5", "", rich_found), rich_details);
  const auto told = read_report(whole.substr(0, whole.find("<GLOSSARY>")));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].severity, Severity::unknown);
  EXPECT_THAT(told.fault, HasSubstr("the file ends inside"));
}

TEST(Qualys, ADocumentTypeThatDeclaresSomethingIsRefused) {
  const auto told =
      read_report("<!DOCTYPE ASSET_DATA_REPORT [<!ENTITY a 'b'>]><ASSET_DATA_REPORT/>");
  EXPECT_THAT(told.fault, HasSubstr("document type"));
}

}  // namespace
}  // namespace patchbot
