// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <vector>

#include "base/byte_source.hpp"
#include "base/error.hpp"

namespace patchbot {

/// A window over a source that moves forward. It grows only when one record does not fit, and never
/// above its limit, so memory is bounded by the largest record and not by the file.
class InputBuffer {
 public:
  static constexpr std::size_t default_chunk = std::size_t{256} * 1024;
  static constexpr std::size_t default_limit = std::size_t{64} * 1024 * 1024;

  explicit InputBuffer(ByteSource& source,
                       std::size_t chunk = default_chunk,
                       std::size_t limit = default_limit);

  const char* begin() const { return bytes_.data(); }
  const char* end() const { return bytes_.data() + used_; }

  /// True once the source has no more bytes: then end() is the end of the input.
  bool ended() const { return ended_; }

  /// Forgets what lies before `keep` and reads more behind end(); returns where `keep` is now.
  /// Every other pointer into the window becomes invalid. Throws Error(input) at the limit. What
  /// the source throws comes out when all that it gave before has been handed on.
  const char* refill(const char* keep);

  /// Line and column of a place inside the window.
  Position position_of(const char* place) const;

 private:
  void forget(std::size_t count);
  void fill();

  ByteSource& source_;
  std::vector<char> bytes_;
  std::size_t used_ = 0;
  std::size_t limit_;
  bool ended_ = false;
  std::exception_ptr failure_;
  Position start_;  // of bytes_[0]
};

}  // namespace patchbot
