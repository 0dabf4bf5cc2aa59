// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string nessus_header =
    "Plugin ID,CVE,CVSS v2.0 Base Score,Risk,Host,Protocol,Port,Name,Synopsis,Description,"
    "Solution,See Also,Plugin Output\n";

struct Told {
  std::string events;
  std::vector<Finding> findings;
  std::vector<std::string> problems;
};

Told read(const std::string& text, std::size_t chunk = 4096) {
  const auto source = memory_source(text);
  NessusCsv report(*source, {}, chunk);
  Told told;
  for (;;) {
    switch (report.next()) {
      case Report::Event::host:
        told.events += report.host().name + "@" + report.host().address;
        if (report.host().authenticated) told.events += *report.host().authenticated ? "+" : "-";
        told.events += " ";
        break;
      case Report::Event::finding:
        told.events += std::string(report.brief().native_id) + " ";
        report.fill(told.findings.emplace_back());
        break;
      case Report::Event::host_end: told.events += "end "; break;
      case Report::Event::end: told.problems = report.facts().problems; return told;
    }
  }
}

TEST(NessusCsvHeader, IsKnownByPluginAndSeverity) {
  EXPECT_TRUE(is_nessus_csv_header(nessus_header));
  EXPECT_TRUE(is_nessus_csv_header("\"Plugin\",\"Plugin Name\",\"Family\",\"Severity\"\r"));
  EXPECT_TRUE(is_nessus_csv_header("Plugin ID;CVE;Risk;Host"));
  EXPECT_TRUE(is_nessus_csv_header("asset.name,definition.id,severity"));
  EXPECT_FALSE(is_nessus_csv_header("Plugin ID,Host"));
  EXPECT_FALSE(is_nessus_csv_header("IP,QID,Severity"));
  EXPECT_FALSE(is_nessus_csv_header(""));
  EXPECT_FALSE(is_nessus_csv_header("{\"plugin id\":1,\"severity\":2}"));
}

TEST(NessusCsv, ReadsARecord) {
  const Told told = read(nessus_header +
                         "201194,CVE-2024-6387,9.3,Critical,10.0.0.1,tcp,22,OpenSSH < 9.8,Syn,"
                         "\"Line 1\r\nLine & 2\",Upgrade,https://a.example,"
                         "\"Installed version : 9.7\nFixed version : 9.8\"\n");
  ASSERT_EQ(told.findings.size(), 1U);
  const Finding& f = told.findings[0];
  EXPECT_EQ(told.events, "10.0.0.1@ 201194 ");
  EXPECT_EQ(f.title, "OpenSSH < 9.8");
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.description, "Line 1\nLine & 2");
  EXPECT_EQ(f.location.port, 22);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.installed, "9.7");
  EXPECT_THAT(f.fix.versions, ElementsAre("9.8"));
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2024-6387"));
  EXPECT_THAT(f.refs, ElementsAre("https://a.example"));
  EXPECT_THAT(told.problems, IsEmpty());
}

TEST(NessusCsv, DoesNotTakePlainTextForXml) {
  const Told told = read(nessus_header + "1,,,High,h,tcp,0,a &lt; b,,,,,\n");

  EXPECT_EQ(told.findings.at(0).title, "a &lt; b");
}

TEST(NessusCsv, JoinsTheRowsOfOneRecordWithSeveralCves) {
  const Told told = read(nessus_header +
                         "1,CVE-1,5,High,h,tcp,22,N,,,,,out\n"
                         "1,CVE-2,5,High,h,tcp,22,N,,,,,out\n"
                         "1,CVE-3,5,High,h,tcp,22,N,,,,,out\n"
                         "1,CVE-4,5,High,h,tcp,23,N,,,,,out\n"
                         "1,CVE-1,5,High,h2,tcp,23,N,,,,,out\n");
  ASSERT_EQ(told.events, "h@ 1 1 h2@ 1 ");
  EXPECT_THAT(told.findings[0].vuln_ids, ElementsAre("CVE-1", "CVE-2", "CVE-3"));
  EXPECT_THAT(told.findings[1].vuln_ids, ElementsAre("CVE-4"));
}

TEST(NessusCsv, KeepsEqualRecordsApart) {
  const std::string row = "1,CVE-1,5,High,h,tcp,22,N,,,,,out\n";
  const std::string bare = "2,,5,High,h,tcp,22,N,,,,,out\n";

  EXPECT_EQ(read(nessus_header + row + row).events, "h@ 1 1 ");
  EXPECT_EQ(read(nessus_header + bare + bare).events, "h@ 2 2 ");
}

TEST(NessusCsv, SplitsTheCvesOfOneCell) {
  const Told told = read(
      "Plugin,Plugin Name,Family,Severity,IP Address,Protocol,Port,CVE\n"
      "1,N,F,High,10.0.0.1,TCP,22,\"CVE-2013-2566,CVE-2015-2808\"\n");

  EXPECT_THAT(told.findings.at(0).vuln_ids, ElementsAre("CVE-2013-2566", "CVE-2015-2808"));
}

TEST(NessusCsv, PassesOverBlankRows) {
  EXPECT_EQ(read(nessus_header + "1,,,High,h,tcp,0,N,,,,,\n,,,,,,,,,,,,\n\n").events, "h@ 1 ");
}

TEST(NessusCsv, SaysThatItsLastRowIsCut) {
  const Told told = read(nessus_header + "1,,,High,h,tcp,0,N,,,,,\n2,,,Critical,h,tcp,0,Na");
  EXPECT_EQ(told.events, "h@ 1 2 ");
  EXPECT_THAT(told.problems,
              ElementsAre("a row has 8 cells and the header 13: plugin 2",
                          "the last row is cut off: the export is truncated"));
  EXPECT_THAT(read(nessus_header + "1,,,High,h,tcp,0,N,,,,,").problems, IsEmpty());
}

TEST(NessusCsv, TellsWhatStoodBeforeADamage) {
  const std::string text = nessus_header + "1,,,High,h,tcp,0,N,,,,,\n2,,,Critical,h,tcp,0,\"Na";
  const auto source = memory_source(text);
  NessusCsv report(*source, {});

  EXPECT_EQ(report.next(), Report::Event::host);
  EXPECT_EQ(report.next(), Report::Event::finding);
  EXPECT_EQ(report.brief().native_id, "1");
  EXPECT_EQ(fault_of([&] { report.next(); }), "input 3:22: a quoted cell never ends");
}

TEST(NessusCsv, RefusesASummaryWithoutHosts) {
  EXPECT_EQ(fault_of([] { read("Plugin,Plugin Name,Family,Severity,Total\n1,N,F,High,5\n"); }),
            "input 1:1: no column names the host, as in a summary export; export the "
            "vulnerability list");
}

TEST(NessusCsv, ReadsSecurityCenterExports) {
  const Told told = read(
      "\"Plugin\",\"Plugin Name\",\"Family\",\"Severity\",\"IP Address\",\"Protocol\",\"Port\","
      "\"Exploit?\",\"DNS Name\",\"NetBIOS Name\",\"Plugin Text\",\"CVSS V3 Base Score\"\n"
      "\"33850\",\"EOL\",\"General\",\"Critical\",\"10.0.0.1\",\"TCP\",\"0\",\"Yes\",\"w.example\","
      "\"DOM\\W\",\"text\",\"10\"\n");
  ASSERT_EQ(told.events, "10.0.0.1@10.0.0.1 33850 ");
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.exploit, "poc");
  EXPECT_EQ(f.evidence, "text");
  EXPECT_THAT(f.cvss, ElementsAre(Cvss{"3.0", "", 10.0, "", {}, ""}));
}

TEST(NessusCsv, ReadsWebApplicationExports) {
  const Told told = read(
      "asset.name,asset.display_ipv4_address,definition.id,definition.name,definition.family,"
      "severity,definition.cve,definition.cvss3.base_score,definition.solution,output,port\n"
      "shop.example,10.0.0.1,98050,Listing,Web,LOW,CVE-1,3.1,Close it,seen,443\n");
  ASSERT_EQ(told.events, "shop.example@10.0.0.1 98050 ");
  EXPECT_EQ(told.findings[0].title, "Listing");
  EXPECT_EQ(told.findings[0].severity, Severity::low);
  EXPECT_EQ(told.findings[0].fix.solution, "Close it");
}

TEST(NessusCsv, TakesTheBetterOfTwoColumnsForOneField) {
  const Told told = read("Risk,Severity,Plugin,Plugin ID,Host\nLow,High,7,8,h\n");

  ASSERT_EQ(told.events, "h@ 8 ");
  EXPECT_EQ(told.findings[0].severity, Severity::high);
}

TEST(NessusCsv, LearnsOfCredentialsFromTheScanInformation) {
  EXPECT_EQ(read(nessus_header + "1,,,High,h,tcp,0,N,,,,,\n"
                                 "19506,,,None,h,tcp,0,N,,,,,\"Credentialed checks : yes\"\n"
                                 "2,,,High,h,tcp,0,N,,,,,\n")
                .events,
            "h@ 1 h@+ 19506 2 ");
}

TEST(NessusCsv, TakesResultWordsForComplianceChecks) {
  const Told told =
      read(nessus_header + "21157,,,FAILED,h,tcp,0,Checks,,\"\"\"5.2.1 Root\"\" : [FAILED]\",,,\n");
  const Finding& f = told.findings.at(0);
  EXPECT_EQ(f.kind, Kind::compliance);
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.title, "5.2.1 Root");
}

TEST(NessusCsv, ReadsTheSameWithEveryChunkSize) {
  const std::string text = nessus_header +
                           "1,CVE-1,5,High,h,tcp,22,N,,\"a\nb\",,,out\n"
                           "1,CVE-2,5,High,h,tcp,22,N,,\"a\nb\",,,out\n2,,,Low,i,udp,1,M,,,,,\n";
  for (std::size_t chunk = 1; chunk < 80; ++chunk) {
    const Told told = read(text, chunk);
    EXPECT_EQ(told.events, "h@ 1 i@ 2 ") << chunk;
    EXPECT_THAT(told.findings.at(0).vuln_ids, ElementsAre("CVE-1", "CVE-2")) << chunk;
  }
}

TEST(NessusCsv, RefusesAnEmptyFile) {
  EXPECT_EQ(fault_of([] { read(""); }), "input: the file is empty");
}

}  // namespace
}  // namespace patchbot
