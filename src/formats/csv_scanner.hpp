// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/input_buffer.hpp"

namespace patchbot {

using CsvRow = std::vector<std::string>;

/// Rows of comma- or semicolon-separated text (RFC 4180: quoted cells may hold separators, quotes
/// and line ends). Blank rows are passed over. The separator is the one that the first line uses.
class CsvScanner {
 public:
  explicit CsvScanner(InputBuffer& buffer);

  /// False at the end. Throws Error(input) for a quoted cell that never ends.
  bool next(CsvRow& row);

  Position row_position() const { return row_position_; }
  bool ends_with_line_end() const { return ends_with_line_end_; }

 private:
  enum class Scan { more, row, blank };

  Scan scan_row(CsvRow& row);
  const char* cell(const char* p, std::string& text) const;
  const char* quoted_cell(const char* p, std::string& text) const;
  bool begin();
  const char* behind_line_end(const char* p) const;

  InputBuffer& buffer_;
  const char* place_;
  char separator_ = '\0';
  Position row_position_;
  bool ends_with_line_end_ = true;
};

}  // namespace patchbot
