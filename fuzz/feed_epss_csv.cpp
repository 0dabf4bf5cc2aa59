// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "formats/feeds/epss.hpp"
#include "support/feed_property.hpp"

namespace patchbot::fuzz {

int fuzz_feed_epss_csv(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    const EpssFeed feed = parse_epss(text);
    require(!feed.info.version.empty() && feed.info.published, "model and day are known");
    for (const auto& [cve, entry] : feed.entries) {
      require(entry.score >= 0 && entry.score <= 1, "a score is a fraction");
    }
    require_kept(feed);
  });
  return 0;
}

}  // namespace patchbot::fuzz
