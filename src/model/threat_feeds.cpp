// SPDX-License-Identifier: Apache-2.0
#include "model/threat_feeds.hpp"

#include <algorithm>

namespace patchbot {
namespace {

std::string counted(long number, const std::string& unit) {
  return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
}

}  // namespace

std::string_view to_text(FeedKind kind) {
  constexpr std::array<std::string_view, 3> words{"kev", "epss", "ssvc"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view title_of(FeedKind kind) {
  constexpr std::array<std::string_view, 3> words{"KEV", "EPSS", "SSVC"};
  return words[static_cast<std::size_t>(kind)];
}

Time as_of(const FeedInfo& info) {
  constexpr std::chrono::days longest_silence{21};
  if (!info.published) return info.fetched_at;
  if (info.kind == FeedKind::epss) return *info.published;
  return std::min(info.fetched_at, *info.published + longest_silence);
}

bool is_current(const FeedInfo& info, Time now) {
  const auto age = now - as_of(info);
  return age <= max_feed_age && age >= -std::chrono::days(1);
}

std::string age_text(std::chrono::seconds age) {
  using std::chrono::duration_cast;
  const long hours = std::max(0L, duration_cast<std::chrono::hours>(age).count());
  if (hours < 48) return counted(hours, "hour");
  return counted(hours / 24, "day");
}

std::vector<std::string> age_remarks(const ThreatFeeds& feeds, Time now) {
  std::vector<std::string> lines;
  for (const FeedKind kind : feed_kinds) {
    const std::string title(title_of(kind));
    const FeedInfo* const info = feeds.info(kind);
    if (info == nullptr) {
      if (kind == FeedKind::ssvc) continue;
      lines.push_back("feeds: " + title + " is missing: what it would say of a vulnerability is " +
                      "unknown; vuln-feeds fetches it");
    } else if (!is_current(*info, now) && as_of(*info) > now) {
      lines.push_back("feeds: " + title + " is from the future, of " + to_rfc3339(as_of(*info)) +
                      ": a clock is wrong, and what is missing in it is unknown");
    } else if (!is_current(*info, now)) {
      lines.push_back(
          "feeds: " + title + " is " + age_text(now - as_of(*info)) +
          " old: what it says may have changed, and what it does not list is unknown; vuln-feeds "
          "fetches it anew");
    }
  }
  return lines;
}

}  // namespace patchbot
