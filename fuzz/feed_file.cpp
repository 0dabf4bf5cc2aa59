// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "bodies.hpp"
#include "formats/feeds/cached_feeds.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_feed_file(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  for (const FeedKind kind : feed_kinds) {
    parses([&] {
      const FeedFile file(kind, std::string(text));
      std::uint64_t rows = 0;
      for (const std::string_view line : split(text, '\n')) {
        if (!line.starts_with("CVE-")) continue;
        ++rows;
        require(file.find(line.substr(0, line.find('\t'))).has_value(), "every row is found");
      }
      require(rows <= file.info().entries, "the head counts the rows");
      CachedFeeds feeds;
      feeds.add(file);
      for (const char* id : {"CVE-2021-44228", "CVE-1999-0001", ""}) {
        feeds.kev(id);
        feeds.epss(id);
        feeds.ssvc(id);
      }
    });
  }
  return 0;
}

}  // namespace patchbot::fuzz
