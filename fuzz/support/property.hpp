// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace patchbot::fuzz {

/// Never caught by a body: libFuzzer sees a crash, the replay test a failure.
class PropertyBroken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

void require(bool holds, const std::string& property);

/// Whether clean_text has nothing to do: valid UTF-8, legal in XML 1.0, no terminal controls.
void require_clean(std::string_view text, const std::string& what);

/// An error as a text that two runs can be compared by: blame, place and message.
std::string describe(const Error& error);

/// The input, its first byte read as a small number: how large pieces or chunks are.
struct Sized {
  Sized(const std::uint8_t* data, std::size_t size);

  unsigned first = 0;
  std::size_t chunk = 1;  ///< 1 to 64
  std::string_view text;
};

std::string_view text_of(const std::uint8_t* data, std::size_t size);

/// Calls parse; an Error is an answer, and its message must be fit for a log.
template <class Parse>
bool parses(const Parse& parse) {
  try {
    parse();
    return true;
  } catch (const Error& error) {
    require(error.what()[0] != '\0', "an error says something");
    return false;
  }
}

}  // namespace patchbot::fuzz
