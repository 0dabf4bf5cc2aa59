// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "formats/feeds/feed_table.hpp"
#include "model/threat_feeds.hpp"

namespace patchbot {

/// The feeds that vuln-feeds keeps, looked up where they lie in memory.
class CachedFeeds : public ThreatFeeds {
 public:
  void add(FeedFile file);

  std::optional<Kev> kev(std::string_view cve) const override;
  std::optional<Epss> epss(std::string_view cve) const override;
  std::optional<Ssvc> ssvc(std::string_view cve) const override;
  const FeedInfo* info(FeedKind kind) const override;

 private:
  std::optional<std::string_view> find(FeedKind kind, std::string_view cve) const;

  std::array<std::optional<FeedFile>, feed_kinds.size()> files_;
};

/// One feed of the folder; none if it is not there. Throws Error(input) for a damaged one.
std::optional<FeedFile> read_feed_file(const std::string& folder, FeedKind kind);

/// All feeds of the folder into `feeds`. Throws Error(usage) if there is no such folder,
/// Error(input) if one of its feeds is damaged.
void read_cached_feeds(const std::string& folder, CachedFeeds& feeds);

}  // namespace patchbot
