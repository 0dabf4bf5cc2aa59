// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "shape.hpp"

namespace patchbot::bench {

struct Options {
  std::size_t megabytes = 200;  ///< of 1,000,000 bytes
  std::uint64_t seed = 1;
  std::size_t plugins = 3000;
  Shape shape = fleet;
  std::string output = "-";  ///< `-` is stdout
  std::string inventory;     ///< empty: none
};

/// Throws std::invalid_argument on a wrong option.
Options parse_options(int argc, char** argv);

}  // namespace patchbot::bench
