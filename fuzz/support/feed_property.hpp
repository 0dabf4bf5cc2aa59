// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include "formats/feeds/feed_table.hpp"
#include "model/cve_id.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

/// What must hold of every feed that was understood: it can be kept, read back, and searched.
template <class Entry>
void require_kept(const Feed<Entry>& feed) {
  for (const auto& [cve, entry] : feed.entries) {
    require(parse_cve_id(cve) == cve, "an entry has the id of a vulnerability");
  }
  const FeedTable table = to_table(feed);
  const FeedFile file(table.info.kind, to_feed_file(table));
  require(file.info() == table.info, "the head is read back");
  require(table.info.entries <= feed.entries.size(), "nothing is added");
  for (const auto& [cve, entry] : feed.entries) {
    require(file.find(cve).has_value(), "every entry is found");
    require(!file.find(cve + "0") ||
                std::any_of(feed.entries.begin(),
                            feed.entries.end(),
                            [&, id = cve + "0"](const auto& other) { return other.first == id; }),
            "nothing else is found");
  }
}

}  // namespace patchbot::fuzz
