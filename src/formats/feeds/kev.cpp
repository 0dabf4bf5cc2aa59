// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/kev.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/feeds/csv_columns.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/records.hpp"
#include "model/cve_id.hpp"

namespace patchbot {
namespace {

constexpr std::string_view what = "KEV catalogue";

enum ContextId : std::uint16_t { version, released, count };
using Place = ContextPath::Place;
constexpr std::array<RecordPath, 1> records{{{0, "/vulnerabilities/*"}}};
constexpr std::array<ContextPath, 3> contexts{{{version, "/catalogVersion", Place::anywhere},
                                               {released, "/dateReleased", Place::anywhere},
                                               {count, "/count", Place::anywhere}}};

/// What both forms say of one vulnerability, as text.
struct Row {
  std::string cve;
  std::string added;
  std::string due;
  std::string ransomware;
};

std::optional<Date> day(const std::string& text, const std::string& place) {
  if (text.empty()) return {};
  const auto date = parse_date(text);
  if (!date) throw Error(Blame::input, place + ": '" + text + "' is no day such as 2026-11-23");
  return date;
}

void add(KevFeed& feed, const Row& row) {
  const std::string place = "entry " + std::to_string(feed.entries.size() + 1);
  const auto cve = parse_cve_id(row.cve);
  if (!cve) throw Error(Blame::input, place + ": '" + row.cve + "' is no CVE id");
  if (row.added.empty()) throw Error(Blame::input, place + ": " + *cve + " has no dateAdded");
  Kev kev{day(row.added, *cve + ", dateAdded"), day(row.due, *cve + ", dueDate"), {}};
  // Its other word is Unknown: that CISA knows of no such campaign does not say there is none.
  if (equals_nocase(row.ransomware, "known")) kev.ransomware = true;
  feed.info.newest = std::max(feed.info.newest, kev.added);
  feed.entries.emplace_back(*cve, kev);
}

void finish_json(KevFeed& feed, const Context& context) {
  feed.info.version = clean_line(context[version].line(64));  // a cut may leave a blank
  feed.info.published = time_of(context[released]);
  const auto expected = context[count].number();
  if (feed.info.version.empty() || !feed.info.published || !expected) {
    throw Error(Blame::input,
                "is no " + std::string(what) + ": lacks catalogVersion, dateReleased or count");
  }
  if (*expected != static_cast<double>(feed.entries.size())) {
    throw Error(Blame::input,
                "holds " + std::to_string(feed.entries.size()) + " entries, but its count is " +
                    context[count].line(32));
  }
}

KevFeed parse_json(std::string_view text) {
  KevFeed feed;
  const auto source = memory_source(text);
  Records walk(*source, walk_json, records, contexts, InputBuffer::default_chunk);
  bool finished = false;
  for (Walk::Event event = walk.next(); event != Walk::Event::end; event = walk.next()) {
    if (finished) throw Error(Blame::input, "holds more than one " + std::string(what));
    if (event == Walk::Event::document_end) {
      finish_json(feed, walk.context());
      finished = true;
    } else {
      const Node entry = walk.record();
      add(feed,
          {entry["cveID"].line(64),
           entry["dateAdded"].line(64),
           entry["dueDate"].line(64),
           entry["knownRansomwareCampaignUse"].line(64)});
    }
  }
  if (!finished) throw Error(Blame::input, "is no " + std::string(what) + ": holds nothing");
  return feed;
}

KevFeed parse_csv(std::string_view text) {
  KevFeed feed;
  const auto source = memory_source(text);
  InputBuffer buffer(*source);
  CsvScanner scanner(buffer);
  CsvRow row;
  scanner.next(row);
  const CsvColumns columns(row);
  const std::size_t cve = columns.need("cveID", what);
  const std::size_t added = columns.need("dateAdded", what);
  const std::size_t due = columns.find("dueDate");
  const std::size_t ransomware = columns.find("knownRansomwareCampaignUse");
  const auto text_of = [&row](std::size_t column) { return clean_line(cell_of(row, column)); };
  while (scanner.next(row)) {
    columns.check(row, scanner.row_position());
    add(feed, {text_of(cve), text_of(added), text_of(due), text_of(ransomware)});
  }
  feed.info.published = feed.info.newest;
  return feed;
}

}  // namespace

KevFeed parse_kev(std::string_view text) {
  const auto first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool json = first != std::string_view::npos && text[first] == '{';
  KevFeed feed = json ? parse_json(text) : parse_csv(text);
  feed.info.kind = FeedKind::kev;
  feed.info.entries = feed.entries.size();
  return feed;
}

}  // namespace patchbot
