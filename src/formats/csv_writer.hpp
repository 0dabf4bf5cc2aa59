// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// Appends one row of CSV (RFC 4180, without its line end). A cell that a spreadsheet would take
/// for a formula begins with an apostrophe: people open such files.
class CsvRowWriter {
 public:
  explicit CsvRowWriter(std::string& out) : out_(out) {}

  CsvRowWriter& cell(std::string_view text);

 private:
  std::string& out_;
  bool is_first_ = true;
};

}  // namespace patchbot
