// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "model/finding.hpp"

// What the world knows of a vulnerability, whoever found it on our machines. A vulnerability that a
// feed does not list is one of which it says nothing: unknown, and never zero.

namespace patchbot {

enum class FeedKind : std::uint8_t { kev, epss, ssvc };
inline constexpr std::array<FeedKind, 3> feed_kinds{FeedKind::kev, FeedKind::epss, FeedKind::ssvc};
std::string_view to_text(FeedKind kind);   ///< "kev"
std::string_view title_of(FeedKind kind);  ///< "KEV"

/// What a feed says of itself, and where we have it from.
struct FeedInfo {
  FeedKind kind = FeedKind::kev;
  std::string version;            ///< of the catalogue, or of the model that made the scores
  std::optional<Time> published;  ///< by its own account
  std::optional<Date> newest;     ///< the latest day that an entry names
  std::uint64_t entries = 0;
  Time fetched_at{};   ///< when its source was last asked, and had this
  std::string source;  ///< a URL without secrets, or a file
  bool operator==(const FeedInfo&) const = default;
};

/// How many entries of a feed say something in each column behind the CVE.
using FilledCells = std::array<std::uint64_t, 3>;

/// The time up to which a feed tells everything. EPSS has new scores every day. KEV and SSVC come
/// out when there is something to say, so that one whose source still offers it is no older than
/// our last look; but if nothing came for three weeks, the source itself has stopped.
Time as_of(const FeedInfo& info);

/// From this age on, what is missing in a feed proves little.
constexpr std::chrono::days max_feed_age{7};

/// Whether a feed says what is known at that time. One from the future has a wrong clock somewhere.
bool is_current(const FeedInfo& info, Time now);

/// "3 hours", "12 days".
std::string age_text(std::chrono::seconds age);

/// A feed as it was read: each vulnerability once, in any order.
template <class Entry>
struct Feed {
  FeedInfo info;
  std::vector<std::pair<std::string, Entry>> entries;  ///< by CVE id
};

/// The probability of exploitation within 30 days; model and day are the feed's.
struct EpssScore {
  double score = 0;                  ///< a fraction, 0 to 1
  std::optional<double> percentile;  ///< a fraction, 0 to 1
  bool operator==(const EpssScore&) const = default;
};

using KevFeed = Feed<Kev>;
using EpssFeed = Feed<EpssScore>;
using SsvcFeed = Feed<Ssvc>;

/// Looks up one vulnerability. None where a feed has no entry, or is missing.
class ThreatFeeds {
 public:
  ThreatFeeds() = default;
  ThreatFeeds(const ThreatFeeds&) = delete;
  ThreatFeeds& operator=(const ThreatFeeds&) = delete;
  virtual ~ThreatFeeds() = default;

  virtual std::optional<Kev> kev(std::string_view cve) const = 0;
  virtual std::optional<Epss> epss(std::string_view cve) const = 0;
  virtual std::optional<Ssvc> ssvc(std::string_view cve) const = 0;

  /// Null for a feed that is missing.
  virtual const FeedInfo* info(FeedKind kind) const = 0;
};

/// One line for KEV and EPSS each where the feed is missing or older than max_feed_age, and for
/// SSVC where it is too old.
std::vector<std::string> age_remarks(const ThreatFeeds& feeds, Time now);

}  // namespace patchbot
