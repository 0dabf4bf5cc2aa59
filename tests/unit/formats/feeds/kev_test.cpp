// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/kev.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string entries =
    R"([{"cveID":"CVE-2021-44228","vendorProject":"A","dateAdded":"2021-12-10","dueDate":"2021-12-24",)"
    R"("knownRansomwareCampaignUse":"Known","notes":"x ; y","cwes":["CWE-20"]},)"
    R"({"cveID":"cve-2002-0367","dateAdded":"2022-03-03","knownRansomwareCampaignUse":"Unknown"}])";

std::string catalogue(const std::string& list, const std::string& count) {
  return R"({"title":"t","catalogVersion":"2026.11.20","dateReleased":"2026-11-20T17:04:19.9796Z",)"
         R"("count":)" +
         count + R"(,"vulnerabilities":)" + list + "}";
}

std::string fault(const std::string& text) {
  return fault_of([&] { parse_kev(text); });
}

TEST(Kev, ReadsTheCatalogueWithEveryField) {
  const KevFeed feed = parse_kev(catalogue(entries, "2"));

  EXPECT_EQ(feed.info.kind, FeedKind::kev);
  EXPECT_EQ(feed.info.version, "2026.11.20");
  EXPECT_EQ(feed.info.published, parse_rfc3339("2026-11-20T17:04:19Z"));
  EXPECT_EQ(feed.info.newest, parse_date("2022-03-03"));
  EXPECT_EQ(feed.info.entries, 2U);
  ASSERT_EQ(feed.entries.size(), 2U);
  EXPECT_EQ(feed.entries[0].first, "CVE-2021-44228");
  EXPECT_EQ(feed.entries[0].second,
            (Kev{parse_date("2021-12-10"), parse_date("2021-12-24"), true}));
  EXPECT_EQ(feed.entries[1].first, "CVE-2002-0367");
  EXPECT_EQ(feed.entries[1].second, (Kev{parse_date("2022-03-03"), {}, {}}));
}

TEST(Kev, ReadsTheHeadBehindTheList) {
  const KevFeed feed = parse_kev(R"({"vulnerabilities":)" + entries +
                                 R"(,"count":2,"dateReleased":"2026-11-20","catalogVersion":"v"})");

  EXPECT_EQ(feed.info.version, "v");
  EXPECT_EQ(feed.entries.size(), 2U);
}

TEST(Kev, ReadsCsvByTheNamesOfItsColumns) {
  const KevFeed feed = parse_kev(
      "\xEF\xBB\xBFvendorProject,cveID,dateAdded,shortDescription,knownRansomwareCampaignUse,"
      "dueDate\r\n"
      "\"A, Inc.\",CVE-2021-44228,2021-12-10,\"two\nlines\",Known,2021-12-24\r\n"
      "C,CVE-2024-0002,2024-01-02,,Unknown,\r\n");

  EXPECT_EQ(feed.info.version, "");
  EXPECT_EQ(feed.info.published, Time(*parse_date("2024-01-02")));
  ASSERT_EQ(feed.entries.size(), 2U);
  EXPECT_EQ(feed.entries[0].second,
            (Kev{parse_date("2021-12-10"), parse_date("2021-12-24"), true}));
  EXPECT_EQ(feed.entries[1].second, (Kev{parse_date("2024-01-02"), {}, {}}));
}

TEST(Kev, RefusesACountThatIsNotThatOfTheEntries) {
  EXPECT_EQ(fault(catalogue(entries, "3")), "input: holds 2 entries, but its count is 3");
  EXPECT_EQ(fault(catalogue("[]", "1404")), "input: holds 0 entries, but its count is 1404");
}

TEST(Kev, RefusesWhatIsNoCatalogue) {
  const std::string lacks =
      "input: is no KEV catalogue: lacks catalogVersion, dateReleased or count";
  EXPECT_EQ(fault("{}"), lacks);
  EXPECT_EQ(fault(R"({"vulnerabilities":[],"count":0,"catalogVersion":"v"})"), lacks);
  EXPECT_EQ(fault(""), "input: is no KEV catalogue: has no column cveID");
  EXPECT_EQ(fault("<html><body>blocked</body></html>"),
            "input: is no KEV catalogue: has no column cveID");
  EXPECT_EQ(fault("cveID,product\nCVE-2021-44228,x\n"),
            "input: is no KEV catalogue: has no column dateAdded");
  EXPECT_EQ(fault(catalogue(entries, "2") + catalogue(entries, "2")),
            "input: holds more than one KEV catalogue");
}

TEST(Kev, RefusesWhatIsCutOff) {
  const std::string whole = catalogue(entries, "2");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_THROW(parse_kev(whole.substr(0, size)), Error) << size;
  }
  EXPECT_EQ(fault("cveID,dateAdded,dueDate\nCVE-2021-44228,2021-12-10\n"),
            "input 2:1: a row of 2 cells, expected 3; cut off?");
}

TEST(Kev, RefusesEntriesThatSayNothing) {
  EXPECT_EQ(fault(catalogue(R"([{"cveID":"GHSA-1","dateAdded":"2021-12-10"}])", "1")),
            "input: entry 1: 'GHSA-1' is no CVE id");
  EXPECT_EQ(fault(catalogue(R"([{"cveID":"CVE-2021-44228"}])", "1")),
            "input: entry 1: CVE-2021-44228 has no dateAdded");
  EXPECT_EQ(fault(catalogue(R"([{"cveID":"CVE-2021-44228","dateAdded":"10/12/2021"}])", "1")),
            "input: CVE-2021-44228, dateAdded: '10/12/2021' is no day such as 2026-11-23");
}

}  // namespace
}  // namespace patchbot
