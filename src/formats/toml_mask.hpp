// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace patchbot {

/// A text in which one ASCII character stands for each that is none, so that lines and columns stay
/// the same: toml++ 3.3 has undefined behaviour for letters of other alphabets where it looks for
/// blanks, even behind what is broken.
class TomlMask {
 public:
  /// Throws Error(input) for what is no UTF-8, or has every character that could stand for others.
  explicit TomlMask(std::string_view text);

  const std::string& masked() const { return masked_; }

  /// A string of the masked text as it was; `raw` is how it stands in the file, at `place`. Throws
  /// Error(input) where an escape spells the character that stands for others.
  std::string unmasked(std::string_view decoded, std::string_view raw, const Position& place) const;

 private:
  std::string masked_;
  char mark_ = '\0';  ///< none: all of the text is ASCII
};

}  // namespace patchbot
