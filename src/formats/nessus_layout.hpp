// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/byte_source.hpp"

namespace patchbot {

/// Where the parts of a .nessus report lie, in bytes from its begin.
struct NessusLayout {
  std::uint64_t report_begin = 0;  ///< the start tag of <Report>
  std::string report_tag;          ///< that tag, written anew and not closed
  std::uint64_t hosts_begin = 0;
  std::uint64_t hosts_end = 0;
  std::uint64_t value_begin = 0;  ///< the <value> of the TARGET preference; both 0 without one
  std::uint64_t value_end = 0;
  std::string targets;  ///< in it, as XML text
};

/// Reads the whole report and checks it as it goes. Throws Error(input) with the position for one
/// that is not well-formed, or no whole export of version 2.
NessusLayout nessus_layout(ByteSource& source);

/// The same of a file, which errors name.
NessusLayout nessus_layout(const std::string& file);

}  // namespace patchbot
