// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/finding.hpp"
#include "model/threat_feeds.hpp"

namespace patchbot {

/// Whether a feed knows some CVEs of a finding and not the others: what it says of the finding is
/// then no upper bound.
struct FeedGaps {
  bool epss = false;
  bool ssvc = false;
};

/// Adds what the feeds know of the finding's CVEs. Of several CVEs, one that is known exploited is
/// enough, with the earliest dates; the highest EPSS score counts, with its own percentile; and the
/// worst of each answer of SSVC. A feed that has an entry replaces what the scanner said, which is
/// older; where it has none, the scanner's word stands.
FeedGaps enrich(Finding& finding, const ThreatFeeds& feeds);

}  // namespace patchbot
