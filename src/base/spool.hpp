// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/atomic_file.hpp"

namespace patchbot {

/// Texts that are needed again at the end of a run but are too many to hold in memory: kept in an
/// unnamed temporary file ($TMPDIR). Failures throw Error(usage).
class Spool {
 public:
  struct Slice {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  Slice add(std::string_view text);
  std::string read(Slice slice);

 private:
  std::vector<char> buffer_;  // outlives the file that uses it
  FileHandle file_;
  std::uint64_t size_ = 0;
};

}  // namespace patchbot
