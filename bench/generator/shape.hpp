// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace patchbot::bench {

/// What makes one generated report heavier or denser than another.
struct Shape {
  std::size_t description_bytes;  ///< mean length of a plugin description
  std::size_t solution_bytes;
  std::size_t output_bytes;      ///< mean length of an ordinary plugin_output
  std::size_t output_percent;    ///< items that have a plugin_output
  std::size_t huge_per_mille;    ///< items whose plugin_output has 50 to 70 KB
  std::size_t optional_percent;  ///< optional children that a plugin has
  std::size_t host_bytes;        ///< expected size of one host, to plan the number of services
};

/// A large credentialed scan: long texts, about 94 bytes per '<'.
inline constexpr Shape fleet{1130, 300, 1700, 75, 4, 85, 395'000};

/// Like small real exports: short texts, about 66 bytes per '<'.
inline constexpr Shape dense{610, 160, 770, 52, 0, 5, 215'000};

}  // namespace patchbot::bench
