// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/feed_table.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

EpssFeed scores(std::vector<std::pair<std::string, EpssScore>> entries) {
  EpssFeed feed;
  feed.info.kind = FeedKind::epss;
  feed.info.version = "v1";
  feed.info.published = parse_rfc3339("2026-11-22T00:00:00Z");
  feed.info.newest = parse_date("2026-11-21");
  feed.info.fetched_at = *parse_rfc3339("2026-11-23T06:00:00Z");
  feed.info.source = "https://feeds.example/epss.csv.gz";
  feed.entries = std::move(entries);
  return feed;
}

const std::string example =
    "#patchbot.feed/1\tepss\tentries=3\tversion=v1\tpublished=2026-11-22T00:00:00Z\t"
    "newest=2026-11-21\tfetched=2026-11-23T06:00:00Z\tsource=https://feeds.example/epss.csv.gz\n"
    "#vulnerability\tepss\tpercentile\n"
    "CVE-1999-0001\t0.00383\t0.73075\n"
    "CVE-2021-1000\t0.00001\t\n"
    "CVE-2021-10000\t1\t1\n";

std::string fault(const std::string& bytes) {
  return fault_of([&] { FeedFile(FeedKind::epss, bytes); });
}

TEST(FeedTable, IsSortedTextWithAHead) {
  EXPECT_EQ(to_feed_file(to_table(scores({{"CVE-2021-10000", {1, 1}},
                                          {"CVE-1999-0001", {0.00383, 0.73075}},
                                          {"CVE-2021-1000", {0.00001, {}}}}))),
            example);
}

TEST(FeedTable, HoldsWhatKevAndSsvcSay) {
  KevFeed kev;
  kev.entries = {{"CVE-2021-44228", {parse_date("2021-12-10"), parse_date("2021-12-24"), true}},
                 {"CVE-2022-0001", {parse_date("2022-03-03"), {}, {}}}};
  EXPECT_EQ(to_table(kev).rows,
            "CVE-2021-44228\t2021-12-10\t2021-12-24\tknown\nCVE-2022-0001\t2022-03-03\t\t\n");
  SsvcFeed ssvc;
  ssvc.info.kind = FeedKind::ssvc;
  ssvc.entries = {{"CVE-2021-44228", {"active", true, "total"}},
                  {"CVE-2022-0001", {"", {}, "partial"}},
                  {"CVE-2022-0002", {"none", false, ""}}};
  EXPECT_EQ(to_table(ssvc).rows,
            "CVE-2021-44228\tactive\tyes\ttotal\nCVE-2022-0001\t\t\tpartial\nCVE-2022-"
            "0002\tnone\tno\t\n");
}

TEST(FeedTable, TakesARepetitionAndRefusesAContradiction) {
  EXPECT_EQ(
      to_table(scores({{"CVE-1999-0001", {0.5, 0.5}}, {"CVE-1999-0001", {0.5, 0.5}}})).info.entries,
      1U);
  EXPECT_EQ(fault_of([] {
              to_table(scores({{"CVE-1999-0001", {0.5, 0.5}}, {"CVE-1999-0001", {0.6, 0.5}}}));
            }),
            "input: has CVE-1999-0001 twice, and not alike");
}

TEST(FeedTable, KeepsSourcesOnTheirLine) {
  EpssFeed feed = scores({});
  feed.info.source = "a\tentries=9\nb";
  const FeedFile file(FeedKind::epss, to_feed_file(to_table(feed)));
  EXPECT_EQ(file.info().source, "a entries=9 b");
  EXPECT_EQ(file.info().entries, 0U);
}

TEST(FeedFile, ReadsItsHeadBack) {
  FeedTable table = to_table(scores({{"CVE-1999-0001", {0.5, 0.5}}}));
  EXPECT_EQ(FeedFile(FeedKind::epss, to_feed_file(table)).info(), table.info);
}

TEST(FeedFile, FindsEveryRowAndNothingBetween) {
  const FeedFile file(FeedKind::epss, example);

  EXPECT_EQ(file.find("CVE-1999-0001"), "0.00383\t0.73075");
  EXPECT_EQ(file.find("CVE-2021-1000"), "0.00001\t");
  EXPECT_EQ(file.find("CVE-2021-10000"), "1\t1");
  for (const char* absent : {"",
                             "#vulnerability",
                             "CVE-1998-0001",
                             "CVE-1999-000",
                             "CVE-2021-100",
                             "CVE-2021-10001",
                             "CVE-2021-100000",
                             "CVE-2021-1000\t0.00001",
                             "D"}) {
    EXPECT_EQ(file.find(absent), std::nullopt) << absent;
  }
}

TEST(FeedFile, FindsInTablesOfAnySize) {
  for (int size = 0; size < 40; ++size) {
    std::vector<std::pair<std::string, EpssScore>> entries;
    for (int i = 0; i < size; ++i) {
      entries.push_back({"CVE-2024-" + std::to_string(1000 + 37 * i), {i / 100.0, {}}});
    }
    const FeedFile file(FeedKind::epss, to_feed_file(to_table(scores(entries))));
    for (const auto& [cve, entry] : entries) {
      EXPECT_TRUE(file.find(cve)) << size << " " << cve;
      EXPECT_FALSE(file.find(cve + "0")) << size << " " << cve;
    }
  }
}

TEST(FeedFile, StaysValidWhenItMoves) {
  FeedFile first(FeedKind::epss, example);
  const FeedFile second(std::move(first));
  EXPECT_EQ(second.find("CVE-2021-10000"), "1\t1");
}

TEST(FeedFile, RefusesOtherFilesAndBrokenOnes) {
  const std::string hint = "; vuln-feeds fetches it anew";
  EXPECT_EQ(fault(""), "input: is no EPSS that vuln-feeds has kept" + hint);
  EXPECT_EQ(fault("cve,epss\n"), "input: is no EPSS that vuln-feeds has kept" + hint);
  EXPECT_EQ(fault_of([] { FeedFile(FeedKind::kev, example); }),
            "input: is no KEV that vuln-feeds has kept" + hint);
  EXPECT_EQ(fault(example.substr(0, example.find('\n') + 1)),
            "input: has not the columns that it should have" + hint);
  EXPECT_EQ(fault(example.substr(0, example.size() - 2)), "input: ends within a row" + hint);
  EXPECT_EQ(fault(example.substr(0, example.find("CVE-2021-10000"))),
            "input: holds 2 rows and should hold 3" + hint);
  EXPECT_EQ(fault(example + "CVE-2000-0001\t0\t0\n"), "input: is not sorted" + hint);
  EXPECT_EQ(fault(example + "CVE-2030-0001\n"), "input: is not sorted" + hint);
}

}  // namespace
}  // namespace patchbot
