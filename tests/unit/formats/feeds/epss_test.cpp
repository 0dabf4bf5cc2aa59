// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/epss.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string comment = "#model_version:v2026.06.15,score_date:2026-08-22T12:55:00Z\n";

std::string fault(const std::string& text) {
  return fault_of([&] { parse_epss(text); });
}

TEST(Epss, ReadsScoresAndWhatMadeThem) {
  const EpssFeed feed = parse_epss(comment +
                                   "cve,epss,percentile\n"
                                   "CVE-1999-0001,0.00383,0.73075\n"
                                   "CVE-2021-44228,0.94358,0.99999\n");

  EXPECT_EQ(feed.info.kind, FeedKind::epss);
  EXPECT_EQ(feed.info.version, "v2026.06.15");
  EXPECT_EQ(feed.info.published, parse_rfc3339("2026-08-22T12:55:00Z"));
  EXPECT_EQ(feed.info.entries, 2U);
  ASSERT_EQ(feed.entries.size(), 2U);
  EXPECT_EQ(feed.entries[1].first, "CVE-2021-44228");
  EXPECT_EQ(feed.entries[1].second, (EpssScore{0.94358, 0.99999}));
}

TEST(Epss, ReadsEveryFormOfTheComment) {
  const std::string rows = "cve,epss,percentile\nCVE-2021-44228,1,0\n";
  for (const char* line : {"#model_version:v2023.03.01,score_date:2025-02-20T00:00:00+0000",
                           "#model_version:v2023.03.01,score_date:2025-02-20T00:00:00Z",
                           "#model_version:v2023.03.01,score_date:2025-02-20",
                           "# score_date: 2025-02-20, model_version: v2023.03.01",
                           "#model_version:v2023.03.01\n#score_date:2025-02-20",
                           "\"#model_version:v2023.03.01\",\"score_date:2025-02-20\"",
                           "\xEF\xBB\xBF#model_version:v2023.03.01,score_date:2025-02-20\r"}) {
    const EpssFeed feed = parse_epss(std::string(line) + "\n" + rows);
    EXPECT_EQ(feed.info.version, "v2023.03.01") << line;
    EXPECT_EQ(feed.info.published, Time(*parse_date("2025-02-20"))) << line;
    EXPECT_EQ(feed.entries.at(0).second, (EpssScore{1, 0})) << line;
  }
}

TEST(Epss, GoesByTheNamesOfColumns) {
  const EpssFeed feed = parse_epss(comment + "epss,CVE,percentile\n2e-05,cve-2021-44228,\n");

  EXPECT_EQ(feed.entries.at(0).first, "CVE-2021-44228");
  EXPECT_EQ(feed.entries.at(0).second, (EpssScore{0.00002, {}}));
}

TEST(Epss, RefusesATableWithoutPercentilesOrWithOneScoreForAll) {
  EXPECT_EQ(fault(comment + "cve,epss\nCVE-2021-44228,1\n"),
            "input: is no EPSS table: has no column percentile");
  std::string rows = "cve,epss,percentile\n";
  for (int i = 1000; i < 1100; ++i) rows += "CVE-2021-" + std::to_string(i) + ",0,0\n";
  EXPECT_EQ(fault(comment + rows), "input: gives every CVE the same score: no EPSS does");
  EXPECT_NO_THROW(parse_epss(comment + rows + "CVE-2021-2000,0.1,0.5\n"));
}

TEST(Epss, RefusesScoresOfAnUnknownModel) {
  const std::string message =
      "input: the line with model_version and score_date is missing or incomplete: scores of an "
      "unknown model cannot be compared";
  const std::string rows = "cve,epss,percentile\nCVE-2021-44228,0.5,0.5\n";
  EXPECT_EQ(fault(rows), message);
  EXPECT_EQ(fault("#model_version:v1\n" + rows), message);
  EXPECT_EQ(fault("#model_version:,score_date:2025-02-20\n" + rows), message);
  EXPECT_EQ(fault("#model_version:v1,score_date:yesterday\n" + rows), message);
}

TEST(Epss, RefusesWhatIsNoFraction) {
  const std::string head = comment + "cve,epss,percentile\n";
  EXPECT_EQ(fault(head + "CVE-2021-44228,1.5,0.5\n"),
            "input 3:1: CVE-2021-44228, epss: '1.5' is no fraction from 0 to 1");
  EXPECT_EQ(fault(head + "CVE-2021-44228,-0.1,0.5\n"),
            "input 3:1: CVE-2021-44228, epss: '-0.1' is no fraction from 0 to 1");
  EXPECT_EQ(fault(head + "CVE-2021-44228,nan,0.5\n"),
            "input 3:1: CVE-2021-44228, epss: 'nan' is no fraction from 0 to 1");
  EXPECT_EQ(fault(head + "CVE-2021-44228,,0.5\n"),
            "input 3:1: CVE-2021-44228, epss: '' is no fraction from 0 to 1");
  EXPECT_EQ(fault(head + "CVE-2021-44228,0.5,99.5\n"),
            "input 3:1: CVE-2021-44228, percentile: '99.5' is no fraction from 0 to 1");
}

TEST(Epss, RefusesOtherFiles) {
  EXPECT_EQ(fault(""), "input: is no EPSS table: has no column cve");
  EXPECT_EQ(fault("<Error><Code>AccessDenied</Code></Error>"),
            "input: is no EPSS table: has no column cve");
  EXPECT_EQ(fault(comment + "cve,epss,percentile\nGHSA-1,0.5,0.5\n"),
            "input 3:1: 'GHSA-1' is no CVE id");
}

TEST(Epss, RefusesWhatIsCutOffWithinARow) {
  const std::string head = comment + "cve,epss,percentile\nCVE-1999-0001,0.00383,0.73075\n";
  EXPECT_EQ(fault(head + "CVE-2021-44228,0.9435"),
            "input 4:1: a row of 2 cells, expected 3; cut off?");
  EXPECT_EQ(fault(head + "CVE-2021-44228,0.9435,0.9"), "input 4:1: ends within a row: cut off");
}

}  // namespace
}  // namespace patchbot
