// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace patchbot {

/// Finds bytes of a text by line and column, and the other way round, in the time of a look-up: a
/// hostile text may be one long line.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  /// Where the character at a line and column begins; the end of the text for a place behind it.
  std::size_t offset_of(std::uint64_t line, std::uint64_t column) const;

  Position position_of(std::size_t offset) const;

 private:
  std::vector<std::uint32_t> characters_;  ///< where each begins, and where the last one ends
  std::vector<std::uint32_t> lines_;       ///< the first character of each
};

}  // namespace patchbot
