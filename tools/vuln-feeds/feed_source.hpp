// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/feeds/feed_table.hpp"

namespace patchbot {

constexpr std::string_view default_kev =
    "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json";
constexpr std::string_view default_epss =
    "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz";
constexpr std::string_view no_feed = "none";

/// Where to look, in this order: what was given, and for a default what may stand in for it.
std::vector<std::string> places_of(const std::string& given, Time now);

/// The feed in the bytes of a file: plain, gzip or zip. Throws Error(input).
FeedTable parse_feed(FeedKind kind, std::string_view bytes);

/// The same from a file or, for SSVC, a folder of CVE records.
FeedTable read_feed(FeedKind kind, const std::string& path);

}  // namespace patchbot
