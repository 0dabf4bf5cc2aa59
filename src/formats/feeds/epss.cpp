// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/epss.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/feeds/csv_columns.hpp"
#include "formats/records/fields.hpp"
#include "model/cve_id.hpp"

namespace patchbot {
namespace {

constexpr std::string_view what = "EPSS table";

// The scanner counts lines from the start of its window to each row, and these rows are short.
constexpr std::size_t chunk = 4096;

// "#model_version:v2026.06.15,score_date:2026-08-22T12:55:00Z", in any order and with blanks; the
// date was also written as 2025-02-20T00:00:00+0000 and as a day alone.
void read_comment(const CsvRow& row, FeedInfo& info) {
  for (const std::string& cell : row) {
    std::string_view pair = cell;
    while (!pair.empty() && (pair.front() == '#' || pair.front() == ' ')) pair.remove_prefix(1);
    const auto colon = pair.find_first_of(":=");
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trim(pair.substr(0, colon));
    const std::string value = clean_line(pair.substr(colon + 1));
    if (equals_nocase(name, "model_version")) info.version = clean_line(cut_utf8(value, 64));
    if (equals_nocase(name, "score_date")) info.published = parse_loose_time(value);
  }
}

double fraction(std::string_view text, const std::string& place, const Position& position) {
  const auto number = parse_number(text);
  if (!number || *number < 0 || *number > 1) {
    throw Error(
        Blame::input, place + ": '" + clean_line(text) + "' is no fraction from 0 to 1", position);
  }
  return *number;
}

/// Reads the rows behind the comment.
class EpssReader {
 public:
  EpssReader(CsvScanner& scanner, CsvRow head)
      : scanner_(scanner),
        columns_(std::move(head)),
        cve_(columns_.need("cve", what)),
        score_(columns_.need("epss", what)),
        percentile_(columns_.need("percentile", what)) {}

  void read(EpssFeed& feed) {
    CsvRow row;
    while (scanner_.next(row)) {
      const Position place = scanner_.row_position();
      columns_.check(row, place);
      const auto cve = parse_cve_id(cell_of(row, cve_));
      if (!cve) {
        throw Error(Blame::input, "'" + clean_line(cell_of(row, cve_)) + "' is no CVE id", place);
      }
      EpssScore entry;
      entry.score = fraction(cell_of(row, score_), *cve + ", epss", place);
      const std::string_view percentile = cell_of(row, percentile_);
      if (!percentile.empty())
        entry.percentile = fraction(percentile, *cve + ", percentile", place);
      feed.entries.emplace_back(*cve, entry);
    }
  }

 private:
  CsvScanner& scanner_;
  CsvColumns columns_;
  std::size_t cve_;
  std::size_t score_;
  std::size_t percentile_;
};

bool is_flat(const EpssFeed& feed) {
  constexpr std::size_t too_many_to_agree = 100;
  const auto is_first = [&feed](const auto& entry) {
    return entry.second.score == feed.entries.front().second.score;
  };
  return feed.entries.size() >= too_many_to_agree &&
         std::all_of(feed.entries.begin(), feed.entries.end(), is_first);
}

}  // namespace

EpssFeed parse_epss(std::string_view text) {
  EpssFeed feed;
  feed.info.kind = FeedKind::epss;
  const auto source = memory_source(text);
  InputBuffer buffer(*source, chunk);
  CsvScanner scanner(buffer);
  CsvRow row;
  while (scanner.next(row) && row.front().starts_with('#')) read_comment(row, feed.info);
  EpssReader(scanner, row).read(feed);
  if (feed.info.version.empty() || !feed.info.published) {
    throw Error(Blame::input,
                "the line with model_version and score_date is missing or incomplete: scores of "
                "an unknown model cannot be compared");
  }
  if (!scanner.ends_with_line_end()) {
    throw Error(Blame::input, "ends within a row: cut off", scanner.row_position());
  }
  if (is_flat(feed)) throw Error(Blame::input, "gives every CVE the same score: no EPSS does");
  feed.info.entries = feed.entries.size();
  return feed;
}

}  // namespace patchbot
