// SPDX-License-Identifier: Apache-2.0
#include "rules/feed_checks.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

using Word = FeedVerdict::Word;

const Time now = *parse_rfc3339("2026-11-23T06:00:00Z");

FeedInfo feed(std::uint64_t entries,
              const char* published = "2026-11-20T17:00:00Z",
              FeedKind kind = FeedKind::kev) {
  FeedInfo info;
  info.kind = kind;
  info.entries = entries;
  info.published = parse_rfc3339(published);
  info.newest = parse_date("2026-11-20");
  return info;
}

std::string reason(const FeedInfo& fresh,
                   const FeedInfo* last = nullptr,
                   SmallFeeds small = SmallFeeds::refuse) {
  const FeedVerdict verdict = check_feed(fresh, last, now, small);
  return (verdict.word == Word::take    ? "take"
          : verdict.word == Word::older ? "older: "
                                        : "refused: ") +
         verdict.reason;
}

TEST(FeedChecks, TakeAFirstFeedAndABetterOne) {
  EXPECT_EQ(reason(feed(1404)), "take");
  const FeedInfo last = feed(1404, "2026-11-19T00:00:00Z");
  EXPECT_EQ(reason(feed(1405), &last), "take");
}

TEST(FeedChecks, RefuseAFeedThatHasShrunk) {
  const FeedInfo last = feed(2000);
  EXPECT_EQ(reason(feed(1960), &last), "take");
  EXPECT_EQ(reason(feed(1959), &last),
            "refused: has shrunk from 2000 to 1959 entries; --accept-small takes it");
  EXPECT_EQ(reason(feed(1959), &last, SmallFeeds::accept), "take");
}

TEST(FeedChecks, RefuseAFirstFeedThatCannotBeWhole) {
  EXPECT_EQ(reason(feed(999)),
            "refused: holds 999 of the more than 1000 entries that KEV has had for years; "
            "--accept-small takes it");
  EXPECT_EQ(reason(feed(199999, "2026-11-22T00:00:00Z", FeedKind::epss)),
            "refused: holds 199999 of the more than 200000 entries that EPSS has had for years; "
            "--accept-small takes it");
  EXPECT_EQ(reason(feed(1, "2026-11-22T00:00:00Z", FeedKind::ssvc)), "take");
  EXPECT_EQ(reason(feed(1), nullptr, SmallFeeds::accept), "take");
}

TEST(FeedChecks, RefuseAnEmptyFeedAlways) {
  EXPECT_EQ(reason(feed(0), nullptr, SmallFeeds::accept), "refused: has no entries");
}

TEST(FeedChecks, RefuseTheFutureButForADay) {
  EXPECT_EQ(reason(feed(1404, "2026-11-24T06:00:00Z")), "take");
  EXPECT_EQ(reason(feed(1404, "2026-11-24T06:00:01Z")),
            "refused: was published in the future, at 2026-11-24T06:00:01Z");
  FeedInfo entry = feed(1404);
  entry.newest = parse_date("2026-11-25");
  EXPECT_EQ(reason(entry), "refused: has an entry of the future, of 2026-11-25");
}

TEST(FeedChecks, KeepWhatIsNewerByTheDay) {
  const FeedInfo last = feed(1404, "2026-11-20T17:00:00Z");
  EXPECT_EQ(reason(feed(1404, "2026-11-20T00:00:00Z"), &last), "take");
  EXPECT_EQ(reason(feed(1404, "2026-11-19T23:00:00Z"), &last),
            "older: is of 2026-11-19T23:00:00Z, but the one that is kept is newer: of "
            "2026-11-20T17:00:00Z");
}

TEST(FeedChecks, DoWithoutDates) {
  const FeedInfo last = feed(1404);
  FeedInfo fresh = feed(1404);
  fresh.published = {};
  fresh.newest = {};
  EXPECT_EQ(reason(fresh, &last), "take");
}

TEST(FeedChecks, RefuseAFeedThatHasLostAColumn) {
  EXPECT_EQ(lost_cells(FeedKind::kev, {1404, 1404, 310}, {1404, 1404, 310}), "");
  EXPECT_EQ(lost_cells(FeedKind::kev, {1404, 1404, 0}, {1404, 1404, 310}),
            "gives the ransomware use of 0 entries only, and gave it of 310; --accept-small takes "
            "it");
  EXPECT_EQ(lost_cells(FeedKind::ssvc, {100, 90, 100}, {100, 100, 100}), "");
  EXPECT_NE(lost_cells(FeedKind::ssvc, {100, 89, 100}, {100, 100, 100}), "");
}

TEST(FeedChecks, OneThatWasKeptFromTheFutureDoesNotStay) {
  const FeedInfo last = feed(1404, "2027-08-01T00:00:00Z");
  EXPECT_EQ(reason(feed(1404), &last), "take");
}

}  // namespace
}  // namespace patchbot
