// SPDX-License-Identifier: Apache-2.0
#include "model/threat_feeds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

const Time now = *parse_rfc3339("2026-11-23T06:00:00Z");
constexpr std::chrono::hours day{24};

FeedInfo info(FeedKind kind, std::optional<Time> published, Time fetched_at) {
  FeedInfo feed;
  feed.kind = kind;
  feed.published = published;
  feed.fetched_at = fetched_at;
  return feed;
}

class Infos : public ThreatFeeds {
 public:
  std::optional<Kev> kev(std::string_view) const override { return {}; }
  std::optional<Epss> epss(std::string_view) const override { return {}; }
  std::optional<Ssvc> ssvc(std::string_view) const override { return {}; }
  const FeedInfo* info(FeedKind kind) const override {
    const auto found = infos.find(kind);
    return found == infos.end() ? nullptr : &found->second;
  }
  std::map<FeedKind, FeedInfo> infos;
};

TEST(FeedAge, EpssIsAsOldAsItsScores) {
  EXPECT_EQ(as_of(info(FeedKind::epss, now - 9 * day, now)), now - 9 * day);
}

TEST(FeedAge, KevIsAsOldAsOurLastLookUnlessItsSourceHasStopped) {
  EXPECT_EQ(as_of(info(FeedKind::kev, now - 9 * day, now - day)), now - day);
  EXPECT_EQ(as_of(info(FeedKind::kev, now - 50 * day, now)), now - 29 * day);
  EXPECT_EQ(as_of(info(FeedKind::ssvc, {}, now - 3 * day)), now - 3 * day);
}

TEST(FeedAge, IsSaidInHoursThenInDays) {
  EXPECT_EQ(age_text(std::chrono::hours(-3)), "0 hours");
  EXPECT_EQ(age_text(std::chrono::minutes(119)), "1 hour");
  EXPECT_EQ(age_text(std::chrono::hours(47)), "47 hours");
  EXPECT_EQ(age_text(std::chrono::hours(49)), "2 days");
}

TEST(FeedAge, WhatIsMissingOrOldIsSaid) {
  Infos feeds;
  EXPECT_THAT(
      age_remarks(feeds, now),
      ElementsAre(StartsWith("feeds: KEV is missing"), StartsWith("feeds: EPSS is missing")));
  feeds.infos[FeedKind::kev] = info(FeedKind::kev, now - 8 * day, now - 7 * day);
  feeds.infos[FeedKind::epss] = info(FeedKind::epss, now - 7 * day, now);
  EXPECT_THAT(age_remarks(feeds, now), IsEmpty());
  feeds.infos[FeedKind::epss].published = now - 8 * day;
  feeds.infos[FeedKind::ssvc] = info(FeedKind::ssvc, now - 40 * day, now);
  EXPECT_THAT(age_remarks(feeds, now),
              ElementsAre(StartsWith("feeds: EPSS is 8 days old"),
                          StartsWith("feeds: SSVC is 19 days old")));
}

}  // namespace
}  // namespace patchbot
