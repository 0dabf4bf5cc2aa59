// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/net_flags.hpp"
#include "formats/feeds/feed_table.hpp"
#include "model/threat_feeds.hpp"
#include "rules/feed_checks.hpp"

namespace patchbot {

/// What became of one feed.
struct Refreshed {
  enum class State : std::uint8_t { taken, unchanged, kept, missing, not_asked };

  FeedKind kind = FeedKind::kev;
  State state = State::missing;
  std::optional<FeedInfo> info;       ///< of the copy that there is now
  bool not_written = false;           ///< taken, had it been asked for
  std::vector<std::string> errors;    ///< why there is no new one
  std::vector<std::string> warnings;  ///< what went wrong on the way
  cli::Exit exit = cli::Exit::clean;
};

/// Fetches feeds into a folder.
class Refresh {
 public:
  /// Whether good copies are written, or only looked at.
  enum class Keep : std::uint8_t { write, look };

  Refresh(std::string folder, cli::Net& net, Time now, SmallFeeds small, Keep keep);

  /// `given` is a URL, a file, or "none". Throws Error(usage) where the folder cannot be written.
  Refreshed run(FeedKind kind, const std::string& given);

 private:
  FeedTable load(FeedKind kind, const std::string& place);
  bool try_place(const std::string& place, Refreshed& result);
  FeedVerdict check(const FeedTable& fresh, const std::optional<FeedFile>& last) const;
  void take(const FeedTable& table, Refreshed& result);

  std::string folder_;
  cli::Net& net_;
  Time now_;
  SmallFeeds small_;
  Keep keep_;
};

}  // namespace patchbot
