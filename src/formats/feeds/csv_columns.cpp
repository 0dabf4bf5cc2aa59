// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/csv_columns.hpp"

#include <algorithm>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"

namespace patchbot {

std::size_t CsvColumns::find(std::string_view name) const {
  const auto found = std::find_if(head_.begin(), head_.end(), [name](const std::string& cell) {
    return equals_nocase(trim(cell), name);
  });
  return found == head_.end() ? absent : static_cast<std::size_t>(found - head_.begin());
}

std::size_t CsvColumns::need(std::string_view name, std::string_view what) const {
  const std::size_t column = find(name);
  if (column == absent) {
    throw Error(Blame::input,
                "is no " + std::string(what) + ": has no column " + std::string(name));
  }
  return column;
}

void CsvColumns::check(const CsvRow& row, const Position& position) const {
  if (row.size() == head_.size()) return;
  throw Error(Blame::input,
              "a row of " + std::to_string(row.size()) + " cells, expected " +
                  std::to_string(head_.size()) + "; cut off?",
              position);
}

std::string_view cell_of(const CsvRow& row, std::size_t column) {
  return column < row.size() ? trim(row[column]) : std::string_view();
}

}  // namespace patchbot
