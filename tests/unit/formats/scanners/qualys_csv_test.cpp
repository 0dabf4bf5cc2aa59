// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys_csv.hpp"

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

const std::string header =
    R"x("IP","Network","DNS","NetBIOS","Tracking Method","IP Status","QID","Title","Vuln Status",)x"
    R"x("Type","Severity","Port","Protocol","First Detected","Last Detected","Date Last Fixed",)x"
    R"x("CVE ID","Vendor Reference","Bugtraq ID","CVSS Base","CVSS Temporal","CVSS3 Base",)x"
    R"x("CVSS3 Temporal","Threat","Impact","Solution","Exploitability","Associated Malware",)x"
    R"x("Results","Instance","EC2 Instance ID")x"
    "\n";

const std::string row =
    R"x("10.0.0.5","Global","shop.example","SHOP","QAGENT","host scanned, found vuln","900001",)x"
    R"x("Overflow, remote","Active","Vuln","5","443","tcp","05/13/2026 07:08:28",)x"
    R"x("11/20/2026 23:36:58",,"CVE-2026-1000, CVE-2026-1001","KB1, KB2","777",)x"
    R"x("5.0 (AV:N/AC:L/Au:N/C:P/I:N/A:N)","3.7 (E:U/RL:OF/RC:C)",)x"
    R"x("9.9 (AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H)","8.6 (E:U/RL:O/RC:C)","One byte.<P>","Code runs.",)x"
    R"x("See <A HREF=""https://example.com/fix"">this</A>.",)x"
    R"x("Source: Metasploit Link: https://example.com/exploit",,"2.0.7","shop","i-0123456789abcdef0")x"
    "\n";

TEST(QualysCsv, ReadsEveryColumnOfAHostBasedReport) {
  const auto told = read_report(header + row);
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "qualys-csv");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "qualys");
  EXPECT_EQ(f.source_status, "Active, confirmed");
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.native_id, "900001");
  EXPECT_EQ(f.title, "Overflow, remote");
  EXPECT_EQ(f.description, "One byte.\n\nCode runs.");
  EXPECT_EQ(f.fix.solution, "See this.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "CVE-2026-1001"));
  EXPECT_THAT(f.xrefs, ElementsAre("VENDOR:KB1", "VENDOR:KB2", "BID:777"));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/fix"));
  EXPECT_THAT(
      f.cvss,
      ElementsAre(
          Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "E:U/RL:OF/RC:C", 3.7, "qualys"},
          Cvss{"3.0", "AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9, "E:U/RL:O/RC:C", 8.6, "qualys"}));
  EXPECT_EQ(f.exploit, "functional");
  EXPECT_THAT(f.exploit_refs, ElementsAre("https://example.com/exploit"));
  EXPECT_EQ(f.location.port, 443);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.path, "shop");
  EXPECT_EQ(f.evidence, "2.0.7");
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-05-13T07:08:28Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-20T23:36:58Z"));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_EQ(told.hosts[0].instance, "i-0123456789abcdef0");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example", "SHOP"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, f.last_seen);
}

TEST(QualysCsv, HostsWithoutFindingsWereScannedAndThoseDownWereNot) {
  const auto told = read_report(
      "IP,IP Status,QID,Title,Severity\n10.0.0.5,\"host scanned, no vuln\",,,\n"
      "10.0.0.6,host not alive,,,\n");
  EXPECT_THAT(told.findings, IsEmpty());
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
}

const std::string vmdr =
    "\"Asset Vuln Datalist Report\",\"22 Nov 2026 10:00AM GMT-0500\",\"1\"\n"
    "\"Shop\",\"1 Street\",\"City\",\"None\",\"1\",\"X\"\n\"Test User\",\"user\",\"list\"\n"
    "\"QID\",\"Title\",\"Severity\",\"Type Detected\",\"Last Detected\",\"First Detected\","
    "\"Protocol\",\"Port\",\"Status\",\"Asset Name\",\"Asset IPV4\",\"Asset "
    "IPV6\",\"Ignored\",\"QDS\","
    "\"Published Date\",\"RTI\",\"Last Fixed\",\"Vuln Patchable\",\"Results\",\"Detection "
    "Source\"\n";

TEST(QualysCsv, ReadsListsOfVmdrBehindTheirPreamble) {
  const auto told = read_report(
      vmdr +
      "\"900001\",\"Overflow\",\"4\",\"Confirmed\",\"Nov 20, 2026 07:00 AM\",\"Oct 01, 2026 12:30 "
      "PM\","
      "\"'-\",\"0\",\"ACTIVE\",\"SHOP01\",\"10.0.0.5,10.0.0.6\",\"2001:db8::5\",\"Yes\",\"95\","
      "\"Sep 01, 2025 12:00 AM\",\"Remote Code "
      "Execution,Active_Attacks,Cisa_Known_Exploited_Vulns\","
      "\"\",\"Yes\",\"seen\",\"Cloud Agent\"\n"
      "\"900002\",\"Old\",\"2\",\"Potential\",\"Nov 01, 2026 07:00 PM\",\"Oct 01, 2026 10:00 AM\","
      "\"TCP\",\"22\",\"FIXED\",\"SHOP01\",\"10.0.0.5,10.0.0.6\",\"2001:db8::5\",\"No\",\"\",\"\","
      "\"Easy_Exploit\",\"Nov 21, 2026 08:00 AM\",\"No\",\"'-\",\"Cloud Agent\"\n");
  EXPECT_EQ(told.format, "qualys-csv");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.findings, SizeIs(2));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.source_status, "ACTIVE, confirmed, ignored");
  EXPECT_EQ(f.location.port, std::nullopt);
  EXPECT_EQ(f.location.protocol, "");
  EXPECT_EQ(f.exploit, "active");
  EXPECT_EQ(f.kev, Kev{});
  EXPECT_EQ(f.fix.available, true);
  EXPECT_EQ(f.published_at, parse_rfc3339("2025-09-01T00:00:00Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-10-01T12:30:00Z"));
  EXPECT_EQ(f.evidence, "seen\nQDS: 95");
  EXPECT_EQ(told.findings[1].status, Status::fixed);
  EXPECT_EQ(told.findings[1].exploit, "poc");
  EXPECT_EQ(told.findings[1].fix.available, false);
  EXPECT_EQ(told.findings[1].evidence, "");
  EXPECT_EQ(told.findings[1].last_seen, parse_rfc3339("2026-11-01T19:00:00Z"));
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].name, "SHOP01");
  EXPECT_EQ(told.hosts[0].address, "10.0.0.5");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("10.0.0.6", "2001:db8::5"));
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[1].seen_at, parse_rfc3339("2026-11-21T08:00:00Z"));
}

TEST(QualysCsv, AnEmptyListIsACleanOne) {
  for (const std::string& text : {header, vmdr, vmdr.substr(0, vmdr.size() - 1)}) {
    const auto told = read_report(text);
    EXPECT_EQ(told.format, "qualys-csv");
    EXPECT_EQ(told.fault, "nothing");
    EXPECT_THAT(told.findings, IsEmpty());
    EXPECT_THAT(told.facts.problems, IsEmpty());
  }
}

TEST(QualysCsv, ReadsCvesAsRows) {
  const auto told = read_report(
      "CVE,CVE-Description,CVSSv2 Base (nvd),CVSSv3.1 Base (nvd),QID,Title,Severity,Asset Name\n"
      "CVE-2026-1,It breaks.,5.0,9.8,900001,Overflow,5,shop\n");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.findings[0].vuln_ids, ElementsAre("CVE-2026-1"));
  EXPECT_EQ(told.findings[0].description, "It breaks.");
  EXPECT_THAT(
      told.findings[0].cvss,
      ElementsAre(Cvss{"2.0", "", 5, "", {}, "qualys"}, Cvss{"3.1", "", 9.8, "", {}, "qualys"}));
  EXPECT_EQ(told.hosts[0].name, "shop");
}

TEST(QualysCsv, PciListsHaveWordsAndDaysThatMayBeMonths) {
  const std::string pci =
      "IP,HOSTNAME,LAST SCAN,QID,VULN TITLE,TYPE,SEVERITY,PORT,PROTOCOL,IS_PCI,"
      "FALSE POSITIVE STATUS,CVSS_BASE,Q_SEVERITY,RESULT,BUGTRAQID,CVEID\n";
  const auto told = read_report(
      pci +
      "10.0.0.5,shop.example,22/11/2026 13:01,900001,Weak,POTENTIAL,Medium,80,tcp,Fail,"
      "Requested,6.4,3,seen,-,CVE-2026-1\n"
      "10.0.0.5,shop.example,03/04/2026 13:01,900002,Weak,CONFIRMED,H,80,tcp,Fail,-,,1,-,-,\n"
      "10.0.0.5,shop.example,2026-11-21 04:00:30,900003,Weak,INFO,X,80,tcp,,-,,,-,-,\n"
      "10.0.0.5,shop.example,31/13/2026,900004,Weak,CONFIRMED,Odd,80,tcp,,-,,,-,-,\n");
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].severity, Severity::medium);
  EXPECT_EQ(told.findings[0].source_status, "potential, false positive requested");
  EXPECT_EQ(told.findings[0].last_seen, parse_rfc3339("2026-11-22T13:01:00Z"));
  EXPECT_EQ(told.findings[0].evidence, "seen\nCVSS: 6.4");
  EXPECT_THAT(told.findings[0].cvss, IsEmpty());
  EXPECT_THAT(told.findings[0].vuln_ids, ElementsAre("CVE-2026-1"));
  EXPECT_EQ(told.findings[1].severity, Severity::high);
  EXPECT_EQ(told.findings[1].last_seen, std::nullopt);
  EXPECT_EQ(told.findings[1].evidence, "");
  EXPECT_EQ(told.findings[2].last_seen, parse_rfc3339("2026-11-21T04:00:30Z"));
  EXPECT_EQ(told.findings[2].severity, Severity::info);
  EXPECT_EQ(told.findings[3].severity, Severity::unknown);
  EXPECT_EQ(told.findings[3].last_seen, std::nullopt);
}

TEST(QualysCsv, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(header + row + "\"10.0.0.6\",\"Glo");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("a quoted cell never ends"));
}

}  // namespace
}  // namespace patchbot
