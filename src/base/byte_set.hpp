// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace patchbot {

/// A set of ASCII bytes, optionally with all bytes from 0x80 on, that a scan can stop at.
/// rows[l] has bit h set when the byte 0xhl is a member: the form that one shuffle can look up.
class ByteSet {
 public:
  enum class NonAscii : bool { skip, stop };

  constexpr ByteSet(std::string_view members, NonAscii non_ascii)
      : non_ascii_(non_ascii == NonAscii::stop) {
    for (char c : members) add(static_cast<unsigned char>(c));
  }

  /// The same set plus every control character below 0x20 but tab, line feed and carriage return.
  constexpr ByteSet with_forbidden_controls() const {
    ByteSet result = *this;
    for (unsigned char c = 0; c < 0x20; ++c) {
      if (c != '\t' && c != '\n' && c != '\r') result.add(c);
    }
    return result;
  }

  /// The same set plus every control character below 0x20.
  constexpr ByteSet with_controls() const {
    ByteSet result = *this;
    for (unsigned char c = 0; c < 0x20; ++c) result.add(c);
    return result;
  }

  constexpr bool contains(unsigned char c) const {
    return c >= 0x80 ? non_ascii_ : ((rows_[c & 15U] >> (c >> 4U)) & 1U) != 0;
  }

  constexpr const std::array<std::uint8_t, 16>& rows() const { return rows_; }
  constexpr bool stops_at_non_ascii() const { return non_ascii_; }

 private:
  constexpr void add(unsigned char c) {
    if (c < 0x80) {
      rows_[c & 15U] = static_cast<std::uint8_t>(rows_[c & 15U] | (1U << (c >> 4U)));
    }
  }

  alignas(16) std::array<std::uint8_t, 16> rows_{};
  bool non_ascii_;
};

/// The first byte of [begin, end) that is in the set, or end. Uses AVX2 where the processor has it.
const char* find_first_in(const ByteSet& set, const char* begin, const char* end);

/// The same without SIMD: the fallback, and the reference that the tests compare with.
const char* find_first_in_portable(const ByteSet& set, const char* begin, const char* end);

}  // namespace patchbot
