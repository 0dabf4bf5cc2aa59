// SPDX-License-Identifier: Apache-2.0
#include "formats/line_index.hpp"

#include <algorithm>

namespace patchbot {

LineIndex::LineIndex(std::string_view text) : lines_{0} {
  characters_.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    if (!continues) characters_.push_back(static_cast<std::uint32_t>(i));
    if (text[i] == '\n') lines_.push_back(static_cast<std::uint32_t>(characters_.size()));
  }
  characters_.push_back(static_cast<std::uint32_t>(text.size()));
}

std::size_t LineIndex::offset_of(std::uint64_t line, std::uint64_t column) const {
  if (line < 1 || line > lines_.size() || column < 1) return characters_.back();
  const std::uint64_t character = lines_[line - 1] + column - 1;
  return character < characters_.size() ? characters_[character] : characters_.back();
}

Position LineIndex::position_of(std::size_t offset) const {
  const auto behind = std::upper_bound(characters_.begin(), characters_.end(), offset);
  const auto character = static_cast<std::uint64_t>(
      std::max<std::ptrdiff_t>(std::distance(characters_.begin(), behind) - 1, 0));
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), character);
  const auto line = static_cast<std::uint64_t>(std::distance(lines_.begin(), next));
  return {offset, line, character - lines_[line - 1] + 1};
}

}  // namespace patchbot
