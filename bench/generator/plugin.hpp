// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "prng.hpp"
#include "shape.hpp"

namespace patchbot::bench {

/// One check of the scanner, rendered once and then repeated for each host.
struct Plugin {
  std::string attributes;     ///< severity, pluginID, pluginName, pluginFamily
  std::string before_output;  ///< children before plugin_output, usually all of them
  std::string after_output;
  bool local = false;  ///< reported on port 0
};

/// Numbers that the generator uses for its own items.
inline constexpr std::size_t scan_information_id = 19506;
inline constexpr std::size_t compliance_id = 21157;

/// About 66 % of severity 0, spread evenly over popular and rare plugins.
std::vector<Plugin> make_plugins(Prng prng, const Shape& shape, std::size_t count);

}  // namespace patchbot::bench
