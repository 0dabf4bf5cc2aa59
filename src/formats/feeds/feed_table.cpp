// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/feed_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::string_view mark = "#patchbot.feed/1";

std::string_view columns_of(FeedKind kind) {
  constexpr std::array<std::string_view, 3> lines{
      "#vulnerability\tadded\tdue\transomware\n",
      "#vulnerability\tepss\tpercentile\n",
      "#vulnerability\texploitation\tautomatable\ttechnical_impact\n"};
  return lines[static_cast<std::size_t>(kind)];
}

// Never with an exponent, and read back as the very same number.
std::string plain(double number) {
  std::array<char, 400> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  return {digits.data(), end.ptr};
}

std::string day_text(const std::optional<Date>& day) { return day ? to_date_text(*day) : ""; }

std::string cells_of(const Kev& kev) {
  return day_text(kev.added) + '\t' + day_text(kev.due) + '\t' +
         (kev.ransomware.value_or(false) ? "known" : "");
}

std::string cells_of(const EpssScore& entry) {
  return plain(entry.score) + '\t' + (entry.percentile ? plain(*entry.percentile) : "");
}

std::string cells_of(const Ssvc& ssvc) {
  const std::string_view automatable = !ssvc.automatable ? "" : *ssvc.automatable ? "yes" : "no";
  return ssvc.exploitation + '\t' + std::string(automatable) + '\t' + ssvc.technical_impact;
}

template <class Entry>
FeedTable table_of(Feed<Entry> feed) {
  auto& entries = feed.entries;
  const auto by_id = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(entries.begin(), entries.end(), by_id);
  const auto end = std::unique(entries.begin(), entries.end());
  const auto twice = std::adjacent_find(
      entries.begin(), end, [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != end) {
    throw Error(Blame::input, "has " + twice->first + " twice, and not alike");
  }
  entries.erase(end, entries.end());
  FeedTable table{std::move(feed.info), {}};
  table.info.entries = entries.size();
  for (const auto& [cve, entry] : entries) {
    table.rows.append(cve).append("\t").append(cells_of(entry)).append("\n");
  }
  return table;
}

std::string clean_cell(std::string_view text) { return clean_line(text); }  // no tabs, no line ends

std::uint64_t count_of(std::string_view text) {
  return static_cast<std::uint64_t>(std::max(0L, parse_integer(text).value_or(0)));
}

void read_pair(FeedInfo& info, std::string_view name, std::string_view value) {
  if (name == "entries") info.entries = count_of(value);
  if (name == "version") info.version = clean_cell(value);
  if (name == "published") info.published = parse_rfc3339(value);
  if (name == "newest") info.newest = parse_date(value);
  if (name == "fetched") info.fetched_at = parse_rfc3339(value).value_or(Time());
  if (name == "source") info.source = clean_cell(value);
}

[[noreturn]] void fail(const std::string& why) {
  throw Error(Blame::input, why + "; vuln-feeds fetches it anew");
}

}  // namespace

FeedTable to_table(KevFeed feed) { return table_of(std::move(feed)); }
FeedTable to_table(EpssFeed feed) { return table_of(std::move(feed)); }
FeedTable to_table(SsvcFeed feed) { return table_of(std::move(feed)); }

std::string to_feed_file(const FeedTable& table) {
  const FeedInfo& info = table.info;
  std::string text(mark);
  const auto add = [&text](std::string_view name, const std::string& value) {
    if (!value.empty()) text.append("\t").append(name).append("=").append(value);
  };
  text.append("\t").append(to_text(info.kind));
  add("entries", std::to_string(info.entries));
  add("version", clean_cell(info.version));
  add("published", info.published ? to_rfc3339(*info.published) : "");
  add("newest", day_text(info.newest));
  add("fetched", to_rfc3339(info.fetched_at));
  add("source", clean_cell(info.source));
  return text.append("\n").append(columns_of(info.kind)).append(table.rows);
}

FilledCells filled_cells(std::string_view rows) {
  FilledCells filled{};
  std::size_t column = 0;  // 0 is the CVE
  char before = '\n';
  for (const char c : rows) {
    if (before == '\t' && c != '\t' && c != '\n' && column <= filled.size()) {
      ++filled[column - 1];
    }
    if (c == '\t') ++column;
    if (c == '\n') column = 0;
    before = c;
  }
  return filled;
}

std::string feed_file_name(FeedKind kind) { return std::string(to_text(kind)) + ".tsv"; }

FeedFile::FeedFile(FeedKind kind, std::string bytes) : bytes_(std::move(bytes)) {
  info_.kind = kind;
  read_head();
  check_rows();
}

void FeedFile::read_head() {
  const std::string_view text = bytes_;
  const auto line_end = text.find('\n');
  const std::string start = std::string(mark) + '\t' + std::string(to_text(info_.kind)) + '\t';
  if (line_end == std::string_view::npos || !text.starts_with(start)) {
    fail("is no " + std::string(title_of(info_.kind)) + " that vuln-feeds has kept");
  }
  for (const std::string_view cell :
       split(text.substr(start.size(), line_end - start.size()), '\t')) {
    const auto equals = cell.find('=');
    if (equals != std::string_view::npos) {
      read_pair(info_, cell.substr(0, equals), cell.substr(equals + 1));
    }
  }
  rows_at_ = line_end + 1;
  if (!rows().starts_with(columns_of(info_.kind))) fail("has not the columns that it should have");
  rows_at_ += columns_of(info_.kind).size();
}

// A search in what is not sorted finds nothing where there is something. The look at each row costs
// less than the reading of the file.
void FeedFile::check_rows() const {
  std::string_view rest = rows();
  std::string_view last;
  std::uint64_t count = 0;
  while (!rest.empty()) {
    const auto line_end = rest.find('\n');
    if (line_end == std::string_view::npos) fail("ends within a row");
    const std::string_view line = rest.substr(0, line_end);
    const std::string_view id = line.substr(0, line.find('\t'));
    if (id.size() == line.size() || id <= last) fail("is not sorted");
    last = id;
    rest.remove_prefix(line_end + 1);
    ++count;
  }
  if (count != info_.entries) {
    fail("holds " + std::to_string(count) + " rows and should hold " +
         std::to_string(info_.entries));
  }
}

std::optional<std::string_view> FeedFile::find(std::string_view cve) const {
  const std::string_view text = rows();
  std::size_t low = 0;  // both are where a row starts
  std::size_t high = text.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const auto before = middle == low ? std::string_view::npos : text.rfind('\n', middle - 1);
    const std::size_t start = before == std::string_view::npos || before < low ? low : before + 1;
    const std::size_t end = text.find('\n', start);
    const std::string_view line = text.substr(start, end - start);
    const auto tab = line.find('\t');
    const int order = line.substr(0, tab).compare(cve);
    if (order == 0) return line.substr(tab + 1);
    if (order < 0) {
      low = end + 1;
    } else {
      high = start;
    }
  }
  return {};
}

}  // namespace patchbot
