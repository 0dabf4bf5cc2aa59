// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "formats/csv_scanner.hpp"

namespace patchbot {

/// Where the columns of a feed are: by name, since feeds have got new ones before.
class CsvColumns {
 public:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  explicit CsvColumns(CsvRow head) : head_(std::move(head)) {}

  std::size_t find(std::string_view name) const;  ///< without regard to case

  /// Throws Error(input) if it is not there; `what` is what the file should have been.
  std::size_t need(std::string_view name, std::string_view what) const;

  /// Throws Error(input) for a row with more or fewer cells than there are columns.
  void check(const CsvRow& row, const Position& position) const;

 private:
  CsvRow head_;
};

/// Empty for a column that is absent.
std::string_view cell_of(const CsvRow& row, std::size_t column);

}  // namespace patchbot
