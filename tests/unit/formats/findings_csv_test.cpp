// SPDX-License-Identifier: Apache-2.0
#include "formats/findings_csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/rich_finding.hpp"

namespace patchbot {
namespace {

std::string row_of(const Finding& finding, Evidence evidence = Evidence::keep) {
  FindingsCsv csv(evidence);
  std::string out;
  csv.add(out, finding);
  return out;
}

TEST(FindingsCsv, WritesEveryColumn) {
  Finding f = rich_finding();
  f.status = Status::open;
  f.source_status = "affected";
  f.waiver = some_waiver();

  EXPECT_EQ(
      row_of(f),
      "00000000000000010000000000000002,vulnerability,high,fail,fail-on-high,trivy,0.70,CVE-2031-1,"
      "Ring buffer overflow,CVE-2031-1 GHSA-aaaa,CWE-787,111122223333/eu-west-1/shop,web-7,"
      "10.0.0.1,i-0a1b2c3d,111122223333,eu-west-1,web,shop,production,443,tcp,ring,deb,"
      "pkg:deb/ring@1.0,1.0,\"1.1, 2.0\",/opt/ring lib/ring.so,,,,,3.1,7.5,CVSS:3.1/AV:N,8.4,0.25,"
      "0.97,yes,2031-01-23,poc,yes,Upgrade ring.,2031-01-01T00:00:00Z,2031-01-03T00:00:00Z,,"
      "2031-01-10T00:00:00Z,open,affected,W-1,Ann,2031-02-01,"
      "https://ring.example/a b mailto:me@ring.example,seen in memory\r\n");
}

TEST(FindingsCsv, EveryRowHasAsManyCellsAsTheHeader) {
  FindingsCsv csv(Evidence::keep);
  const std::string text = all_of(csv, {Finding{}});

  const auto end_of_header = text.find("\r\n");
  const auto commas = [](std::string_view line) {
    return std::count(line.begin(), line.end(), ',');
  };
  EXPECT_EQ(commas(text.substr(0, end_of_header)), commas(text.substr(end_of_header)));
  EXPECT_TRUE(text.ends_with(",\r\n"));
}

TEST(FindingsCsv, LeavesEvidenceOutOnRequest) {
  EXPECT_TRUE(row_of(rich_finding(), Evidence::redact).ends_with("ring.example,\r\n"));
}

TEST(FindingsCsv, NoCellIsAFormula) {
  for (const std::string mark : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    EXPECT_EQ(to_csv_cell(mark + "1"), "'" + mark + "1");
    EXPECT_EQ(to_csv_cell("\t" + mark + "1"), "'" + mark + "1");
    EXPECT_EQ(to_csv_cell("\r\n " + mark + "1"), "'" + mark + "1");
    EXPECT_EQ(to_csv_cell("a" + mark + "1"), "a" + mark + "1");
  }
  EXPECT_EQ(to_csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

TEST(FindingsCsv, NoCellBecomesAFormulaWhereSemicolonsDivide) {
  EXPECT_EQ(to_csv_cell("a;=1;b;@2"), "\"a;'=1;b;'@2\"");
}

TEST(FindingsCsv, QuotesWhatNeedsIt) {
  EXPECT_EQ(to_csv_cell("plain"), "plain");
  EXPECT_EQ(to_csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(to_csv_cell("say \"a\""), "\"say \"\"a\"\"\"");
  EXPECT_EQ(to_csv_cell("two\r\nlines\n"), "two lines");
  EXPECT_EQ(to_csv_cell(""), "");
}

TEST(FindingsCsv, CellsFitIntoASpreadsheet) {
  EXPECT_LE(to_csv_cell(std::string(100'000, 'x')).size(), 32'000U);
}

}  // namespace
}  // namespace patchbot
