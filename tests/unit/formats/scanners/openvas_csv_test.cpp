// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/openvas_csv.hpp"

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
    "IP,Hostname,Port,Port Protocol,CVSS,Severity,QoD,Solution Type,NVT Name,Summary,"
    "Specific Result,NVT OID,CVEs,Task ID,Task Name,Timestamp,Result ID,Impact,Solution,"
    "Affected Software/OS,Vulnerability Insight,Vulnerability Detection Method,"
    "Product Detection Result,BIDs,CERTs,Other References,Max Severity EPSS score,"
    "Max Severity EPSS percentile\n";

const std::string row =
    "10.0.0.5,shop.example,22,tcp,8.1,High,80,\"Mitigation\",\"Old, weak keys\",\"Keys are weak.\","
    "\"Seen:\n\n  rsa "
    "\"\"768\"\"\n\",1.3.6.1.4.1.25623.1.0.999002,\"CVE-2026-1,CVE-2026-2\",t,Weekly,"
    "2026-11-22T02:00:00+01:00,r,It leaks.,Make new keys.,'- All of them,Short numbers.,Looks.,"
    "cpe:/a:example:ssh,777,\"WID-1,DFN-2\",\"https://example.com/a,Phrack 1\",0.25,0.75\n";

TEST(OpenvasCsv, ReadsEveryColumn) {
  const auto told = read_report(header + row);
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "openvas-csv");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.source, "openvas");
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.native_id, "1.3.6.1.4.1.25623.1.0.999002");
  EXPECT_EQ(f.title, "Old, weak keys");
  EXPECT_EQ(f.synopsis, "Keys are weak.");
  EXPECT_EQ(f.description, "Short numbers.\n\n- All of them\n\nIt leaks.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1", "CVE-2026-2"));
  EXPECT_EQ(f.location.port, 22);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.fix.solution, "Mitigation: Make new keys.");
  EXPECT_EQ(f.fix.available, std::nullopt);
  EXPECT_EQ(f.epss, (Epss{0.25, 0.75, "", {}}));
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/a"));
  EXPECT_THAT(f.xrefs, ElementsAre("BID:777", "CERT:WID-1", "CERT:DFN-2", "REF:Phrack 1"));
  EXPECT_EQ(f.seen_at, parse_rfc3339("2026-11-22T01:00:00Z"));
  EXPECT_EQ(f.evidence,
            "Seen:\n\n  rsa \"768\"\nquality of detection: 80 %\nproduct: cpe:/a:example:ssh");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "10.0.0.5");
  EXPECT_THAT(told.hosts[0].aliases, ElementsAre("shop.example"));
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T01:00:00Z"));
}

TEST(OpenvasCsv, AHeaderAloneIsACleanScan) {
  const auto told = read_report(header);
  EXPECT_EQ(told.format, "openvas-csv");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_THAT(told.findings, IsEmpty());
  EXPECT_THAT(told.facts.problems, IsEmpty());
}

const std::string short_header = "NVT OID;Severity;IP;CVSS;Timestamp\n";

TEST(OpenvasCsv, ColumnsMayBeFewAndInAnotherOrder) {
  const auto told = read_report("\xEF\xBB\xBF" + short_header +
                                "1.2.3;Log;10.0.0.5;0.0;2026-11-22T01:00:00Z\r\n" +
                                "1.2.4;;10.0.0.6;9.8;\n1.2.5;Odd;10.0.0.5;;2026-11-22T03:00:00Z\n");
  EXPECT_EQ(told.format, "openvas-csv");
  ASSERT_THAT(told.findings, SizeIs(3));
  EXPECT_EQ(told.findings[0].severity, Severity::info);
  EXPECT_EQ(told.findings[1].severity, Severity::critical);
  EXPECT_EQ(told.findings[2].severity, Severity::unknown);
  EXPECT_EQ(told.findings[0].title, "1.2.3");
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[1].seen_at, std::nullopt);
  EXPECT_EQ(told.hosts[2].seen_at, parse_rfc3339("2026-11-22T03:00:00Z"));
}

TEST(OpenvasCsv, ExportsBehindEachOtherAreRead) {
  const auto told = read_report(short_header + "1.2.3;Low;10.0.0.5;1;\n" +
                                "IP;NVT OID;Severity\n10.0.0.6;1.2.4;High\n");
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[1].native_id, "1.2.4");
  EXPECT_EQ(told.findings[1].severity, Severity::high);
  EXPECT_THAT(told.facts.problems, IsEmpty());
}

TEST(OpenvasCsv, RowsOfAnotherWidthAreAProblem) {
  const auto told = read_report(short_header + "1.2.3;Low;10.0.0.5\n1.2.4;Low;10.0.0.5;1;;;\n" +
                                "no more results\n1.2.5;Low;10.0.0.5;1;\n");
  EXPECT_THAT(told.findings, SizeIs(3));
  EXPECT_THAT(told.facts.problems,
              ElementsAre("3 rows have another number of cells than the header, which has 5: 3 in "
                          "line 2"));
}

TEST(OpenvasCsv, ARowThatIsCutOffIsAProblem) {
  const auto told = read_report(short_header + "1.2.3;Low;10.0.0.5;1;\n1.2.4;Hi");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.facts.problems, ElementsAre("the last row is cut off: the export is truncated"));
}

TEST(OpenvasCsv, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(header + row + "10.0.0.6,,22,tcp,1,Low,80,\"Mitig");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("input 6:27: a quoted cell never ends"));
}

}  // namespace
}  // namespace patchbot
