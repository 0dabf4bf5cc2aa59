// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/atomic_file.hpp"

namespace patchbot {

/// Texts that are needed again later in a run but are too many to hold in memory: kept in an
/// unnamed temporary file ($TMPDIR), which comes to be when they no longer fit a small buffer.
/// Texts that are read in the order in which they were added cost a call for many of them. Failures
/// throw Error(usage).
class Spool {
 public:
  struct Slice {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  Slice add(std::string_view text);
  std::uint64_t size() const { return written_ + tail_.size(); }  ///< of all texts, in bytes
  std::string read(Slice slice);

 private:
  void write_tail();
  void read_file(std::uint64_t offset, std::string& into) const;

  std::string tail_;           ///< what is not in the file yet
  std::uint64_t written_ = 0;  ///< bytes in the file
  std::string window_;         ///< bytes of the file, read ahead
  std::uint64_t window_at_ = 0;
  std::uint64_t last_end_ = 0;  ///< of what was read last
  FileHandle file_;
};

}  // namespace patchbot
