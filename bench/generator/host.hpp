// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "plugin.hpp"
#include "prng.hpp"
#include "service.hpp"
#include "shape.hpp"
#include "text.hpp"

namespace patchbot::bench {

/// Everything a host draws from.
struct Catalogue {
  Shape shape;
  std::vector<Plugin> plugins;
  OutputPool pool;
};

/// Appends one ReportHost: properties, plugin 19506, findings, perhaps compliance results.
void add_host(std::string& out, Prng& prng, const Catalogue& catalogue, const Instance& instance);

}  // namespace patchbot::bench
