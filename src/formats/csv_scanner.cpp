// SPDX-License-Identifier: Apache-2.0
#include "formats/csv_scanner.hpp"

#include <algorithm>

// A null pointer from a scanning step means: the window ends here, come back with more.

namespace patchbot {
namespace {

constexpr std::size_t max_cells = 1000;

bool ends_cell(char c, char separator) { return c == separator || c == '\n' || c == '\r'; }

}  // namespace

CsvScanner::CsvScanner(InputBuffer& buffer) : buffer_(buffer), place_(buffer.begin()) {}

bool CsvScanner::next(CsvRow& row) {
  for (;;) {
    if (place_ == buffer_.end() && buffer_.ended()) return false;
    if (separator_ == '\0' && !begin()) {
      place_ = buffer_.refill(place_);
      continue;
    }
    row.clear();
    const char* const start = place_;
    const Scan scan = scan_row(row);
    if (scan == Scan::more) {
      place_ = buffer_.refill(start);
      continue;
    }
    if (scan == Scan::row) {
      row_position_ = buffer_.position_of(start);
      return true;
    }
  }
}

// The byte order mark, if any, and the separator; false if the first line is not whole yet. Once
// for all: the first row may still be cut, if its cells hold line ends.
bool CsvScanner::begin() {
  const char* const end = buffer_.end();
  const char* const stop = std::find(place_, end, '\n');
  if (stop == end && !buffer_.ended()) return false;
  if (std::string_view(place_, static_cast<std::size_t>(end - place_))
          .starts_with("\xEF\xBB\xBF")) {
    place_ += 3;
  }
  separator_ = std::count(place_, stop, ';') > std::count(place_, stop, ',') ? ';' : ',';
  return true;
}

CsvScanner::Scan CsvScanner::scan_row(CsvRow& row) {
  const char* const end = buffer_.end();
  if (place_ == end) return Scan::more;
  const char* p = place_;
  for (;; ++p) {
    if (row.size() == max_cells) {
      throw Error(Blame::input, "more than 1000 cells in a row", buffer_.position_of(place_));
    }
    p = cell(p, row.emplace_back());
    if (p == nullptr) return Scan::more;
    if (p == end || *p != separator_) break;
  }
  const char* const next = behind_line_end(p);
  if (next == nullptr) return Scan::more;
  ends_with_line_end_ = next != p;
  place_ = next;
  const bool blank = std::all_of(row.begin(), row.end(), [](const auto& c) { return c.empty(); });
  return blank ? Scan::blank : Scan::row;
}

// LF, CR LF or CR; p itself at the end of the input.
const char* CsvScanner::behind_line_end(const char* p) const {
  const char* const end = buffer_.end();
  if (p == end || *p == '\n') return p == end ? p : p + 1;
  if (p + 1 == end) return buffer_.ended() ? end : nullptr;
  return p[1] == '\n' ? p + 2 : p + 1;
}

// Returns the separator or line end behind the cell, or the end of the input.
const char* CsvScanner::cell(const char* p, std::string& text) const {
  const char* const end = buffer_.end();
  if (p != end && *p == '"') return quoted_cell(p, text);
  const char* const stop =
      std::find_if(p, end, [this](char c) { return ends_cell(c, separator_); });
  if (stop == end && !buffer_.ended()) return nullptr;
  text.assign(p, stop);
  return stop;
}

const char* CsvScanner::quoted_cell(const char* p, std::string& text) const {
  const char* const end = buffer_.end();
  const char* const opening = p++;
  const char* stray = nullptr;
  for (;;) {
    const char* const quote = std::find(p, end, '"');
    if (quote == end) {
      if (!buffer_.ended()) return nullptr;
      throw Error(Blame::input, "a quoted cell never ends", buffer_.position_of(opening));
    }
    if (stray != nullptr && std::find(p, quote, '\n') != quote) {
      throw Error(Blame::input,
                  "a quote inside a quoted cell is not doubled, and the cell does not end with its "
                  "line: where it ends is anybody's guess",
                  buffer_.position_of(stray));
    }
    text.append(p, quote);
    p = quote + 1;
    if (p == end && !buffer_.ended()) return nullptr;
    if (p == end || ends_cell(*p, separator_)) return p;
    text += '"';  // a doubled quote, or a stray one that a careless writer left in
    if (*p == '"') {
      ++p;
    } else {
      stray = quote;
    }
  }
}

}  // namespace patchbot
