// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/threat_feeds.hpp"

// How a feed is kept between runs: one file of text, a line with what the feed says of itself, one
// with the names of the columns, then a row for each vulnerability, tab-separated and sorted by the
// bytes of the CVE id. Nothing has to be parsed to find a row: `look -t TAB CVE-2021-44228 kev.tsv`
// does it, too.

namespace patchbot {

/// A feed ready to be kept.
struct FeedTable {
  FeedInfo info;
  std::string rows;
};

/// Throws Error(input) if a vulnerability stands there twice and not alike.
FeedTable to_table(KevFeed feed);
FeedTable to_table(EpssFeed feed);
FeedTable to_table(SsvcFeed feed);

std::string to_feed_file(const FeedTable& table);

FilledCells filled_cells(std::string_view rows);

/// "kev.tsv"
std::string feed_file_name(FeedKind kind);

/// A file that to_feed_file has written, as it is in memory.
class FeedFile {
 public:
  /// Throws Error(input) for another file, and for one that was cut off or is not sorted.
  FeedFile(FeedKind kind, std::string bytes);

  const FeedInfo& info() const { return info_; }
  std::string_view rows() const { return std::string_view(bytes_).substr(rows_at_); }

  /// The cells behind the CVE id.
  std::optional<std::string_view> find(std::string_view cve) const;

 private:
  void read_head();
  void check_rows() const;

  std::string bytes_;
  std::size_t rows_at_ = 0;
  FeedInfo info_;
};

}  // namespace patchbot
