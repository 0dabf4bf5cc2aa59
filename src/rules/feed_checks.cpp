// SPDX-License-Identifier: Apache-2.0
#include "rules/feed_checks.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace patchbot {
namespace {

using Word = FeedVerdict::Word;

// Below what the public feeds have had for years. SSVC may be a choice of one's own records.
std::uint64_t least_entries(FeedKind kind) {
  switch (kind) {
    case FeedKind::kev: return 1000;
    case FeedKind::epss: return 200'000;
    case FeedKind::ssvc: break;
  }
  return 1;
}

// In per cent of the last good one. Of KEV and EPSS next to nothing is ever taken out.
std::uint64_t least_share(FeedKind kind) { return kind == FeedKind::ssvc ? 90 : 98; }

// A clock may be a little wrong, and a day begins earlier in the east.
std::string trouble_with_dates(const FeedInfo& fresh, Time now) {
  const Time latest = now + std::chrono::days(1);
  if (fresh.published && *fresh.published > latest) {
    return "was published in the future, at " + to_rfc3339(*fresh.published);
  }
  if (fresh.newest && Time(*fresh.newest) > latest) {
    return "has an entry of the future, of " + to_date_text(*fresh.newest);
  }
  return {};
}

std::string trouble_with_size(const FeedInfo& fresh, const FeedInfo* last) {
  constexpr std::string_view hint = "; --accept-small takes it";
  const std::uint64_t least = least_entries(fresh.kind);
  if (fresh.entries < least) {
    return fmt::format("holds {} of the more than {} entries that {} has had for years{}",
                       fresh.entries,
                       least,
                       title_of(fresh.kind),
                       hint);
  }
  if (last != nullptr && fresh.entries * 100 < last->entries * least_share(fresh.kind)) {
    return fmt::format("has shrunk from {} to {} entries{}", last->entries, fresh.entries, hint);
  }
  return {};
}

// By the day: the CSV form of KEV knows no hours.
bool is_older(const FeedInfo& fresh, const FeedInfo& last, Time now) {
  using std::chrono::days;
  using std::chrono::floor;
  // What was kept from the future must not keep all that follows away.
  if (last.published && *last.published > now + days(1)) return false;
  return fresh.published && last.published &&
         floor<days>(*fresh.published) < floor<days>(*last.published);
}

}  // namespace

std::string lost_cells(FeedKind kind, const FilledCells& fresh, const FilledCells& last) {
  constexpr std::array<std::array<std::string_view, 3>, 3> columns{
      {{"date added", "due date", "ransomware use"},
       {"score", "percentile", ""},
       {"exploitation", "automatable", "technical impact"}}};
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    if (fresh[i] * 100 >= last[i] * least_share(kind)) continue;
    return fmt::format(
        "gives the {} of {} entries only, and gave it of {}; --accept-small takes it",
        columns[static_cast<std::size_t>(kind)][i],
        fresh[i],
        last[i]);
  }
  return {};
}

FeedVerdict check_feed(const FeedInfo& fresh, const FeedInfo* last, Time now, SmallFeeds small) {
  if (fresh.entries == 0) return {Word::refused, "has no entries"};
  if (auto trouble = trouble_with_dates(fresh, now); !trouble.empty()) {
    return {Word::refused, std::move(trouble)};
  }
  if (last != nullptr && is_older(fresh, *last, now)) {
    return {Word::older,
            "is of " + to_rfc3339(*fresh.published) + ", but the one that is kept is newer: of " +
                to_rfc3339(*last->published)};
  }
  if (small == SmallFeeds::accept) return {};
  if (auto trouble = trouble_with_size(fresh, last); !trouble.empty()) {
    return {Word::refused, std::move(trouble)};
  }
  return {};
}

}  // namespace patchbot
