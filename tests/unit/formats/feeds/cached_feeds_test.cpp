// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/cached_feeds.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::TempDir;

template <class Entry>
FeedFile file_of(FeedKind kind, std::vector<std::pair<std::string, Entry>> entries) {
  Feed<Entry> feed;
  feed.info.kind = kind;
  feed.info.version = "v1";
  feed.info.published = parse_rfc3339("2026-11-22T12:55:00Z");
  feed.entries = std::move(entries);
  return {kind, to_feed_file(to_table(std::move(feed)))};
}

TEST(CachedFeeds, GiveBackWhatTheFeedsSaid) {
  const Kev kev{parse_date("2021-12-10"), parse_date("2021-12-24"), true};
  const Kev dateless{parse_date("2022-03-03"), {}, {}};
  CachedFeeds feeds;
  feeds.add(file_of<Kev>(FeedKind::kev, {{"CVE-2021-44228", kev}, {"CVE-2022-0001", dateless}}));
  feeds.add(file_of<EpssScore>(
      FeedKind::epss, {{"CVE-2021-44228", {0.94358, 0.99999}}, {"CVE-2022-0001", {0, {}}}}));
  feeds.add(file_of<Ssvc>(
      FeedKind::ssvc,
      {{"CVE-2021-44228", {"active", true, "total"}}, {"CVE-2022-0001", {"", false, ""}}}));

  const auto day = parse_date("2026-11-22");
  EXPECT_EQ(feeds.kev("CVE-2021-44228"), kev);
  EXPECT_EQ(feeds.kev("CVE-2022-0001"), dateless);
  EXPECT_EQ(feeds.epss("CVE-2021-44228"), (Epss{0.94358, 0.99999, "v1", day}));
  EXPECT_EQ(feeds.epss("CVE-2022-0001"), (Epss{0, {}, "v1", day}));
  EXPECT_EQ(feeds.ssvc("CVE-2021-44228"), (Ssvc{"active", true, "total"}));
  EXPECT_EQ(feeds.ssvc("CVE-2022-0001"), (Ssvc{"", false, ""}));
  EXPECT_EQ(feeds.info(FeedKind::epss)->entries, 2U);
}

TEST(CachedFeeds, KnowNothingOfWhatIsNotListed) {
  CachedFeeds feeds;
  feeds.add(file_of<EpssScore>(FeedKind::epss, {{"CVE-2021-44228", {0.9, 0.9}}}));

  EXPECT_EQ(feeds.epss("CVE-2021-44229"), std::nullopt);
  EXPECT_EQ(feeds.kev("CVE-2021-44228"), std::nullopt);
  EXPECT_EQ(feeds.ssvc("CVE-2021-44228"), std::nullopt);
  EXPECT_EQ(feeds.info(FeedKind::kev), nullptr);
}

TEST(CachedFeeds, AreReadFromAFolderThatMayLackSome) {
  const TempDir folder;
  folder.write("kev.tsv",
               "#patchbot.feed/1\tkev\tentries=1\tversion=2026.11.20\n"
               "#vulnerability\tadded\tdue\transomware\n"
               "CVE-2021-44228\t2021-12-10\t2021-12-24\tknown\n");
  CachedFeeds feeds;
  read_cached_feeds(folder.path().string(), feeds);

  EXPECT_EQ(feeds.info(FeedKind::kev)->version, "2026.11.20");
  EXPECT_EQ(feeds.info(FeedKind::epss), nullptr);
  EXPECT_TRUE(feeds.kev("CVE-2021-44228"));
}

TEST(CachedFeeds, AFolderThatIsNotThereIsAMistakeOfTheUser) {
  CachedFeeds feeds;
  EXPECT_EQ(fault_of([&] { read_cached_feeds("/nowhere/feeds", feeds); }),
            "usage: /nowhere/feeds: is no folder; vuln-feeds --cache makes and fills it");
}

TEST(CachedFeeds, ADamagedFeedIsNamed) {
  const TempDir folder;
  const std::string path = folder.write("epss.tsv", "cve,epss\n");
  CachedFeeds feeds;
  EXPECT_EQ(fault_of([&] { read_cached_feeds(folder.path().string(), feeds); }),
            "input: " + path + ": is no EPSS that vuln-feeds has kept; vuln-feeds fetches it anew");
}

}  // namespace
}  // namespace patchbot
