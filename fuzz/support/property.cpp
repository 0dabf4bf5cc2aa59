// SPDX-License-Identifier: Apache-2.0
#include "support/property.hpp"

#include "base/utf8.hpp"

namespace patchbot::fuzz {

void require(bool holds, const std::string& property) {
  if (!holds) throw PropertyBroken("broken property: " + property);
}

void require_clean(std::string_view text, const std::string& what) {
  require(clean_text(text) == text, what + " is clean");
}

std::string describe(const Error& error) {
  std::string text = "blame " + std::to_string(static_cast<int>(error.blame()));
  if (const auto& place = error.position()) {
    text += " at " + std::to_string(place->offset) + ":" + std::to_string(place->line) + ":" +
            std::to_string(place->column);
  }
  return text + ": " + error.what();
}

std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

Sized::Sized(const std::uint8_t* data, std::size_t size) : text(text_of(data, size)) {
  if (size == 0) return;
  first = data[0];
  chunk = 1 + first % 64;
  text.remove_prefix(1);
}

}  // namespace patchbot::fuzz
