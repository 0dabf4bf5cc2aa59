// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "model/threat_feeds.hpp"

namespace patchbot {

/// How a feed that is new compares with the last good one.
struct FeedVerdict {
  enum class Word : std::uint8_t {
    take,     ///< it may replace the last good one
    older,    ///< it is sound, but what we have is newer
    refused,  ///< something is wrong with it
  };
  Word word = Word::take;
  std::string reason;  ///< empty for `take`
};

/// What a feed has lost although it has as many entries as before: a renamed column, or one that
/// holds other words, takes alarms away too. Empty if it has lost nothing.
std::string lost_cells(FeedKind kind, const FilledCells& fresh, const FilledCells& last);

enum class SmallFeeds : std::uint8_t { refuse, accept };

/// `last` is null where nothing was kept before. Refused are feeds without entries, from the
/// future, and, unless they are accepted, those with far fewer entries than the feed is known to
/// have or than the last good one had: half a catalogue would take half of the alarms away.
FeedVerdict check_feed(const FeedInfo& fresh, const FeedInfo* last, Time now, SmallFeeds small);

}  // namespace patchbot
