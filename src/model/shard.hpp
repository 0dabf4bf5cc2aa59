// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "base/time.hpp"

namespace patchbot {

/// More are none that anybody splits a fleet into.
constexpr std::size_t most_shards = 10'000;

/// A part of a list of targets that one of several calls, or of several scans, takes.
struct Shard {
  std::size_t number = 1;   ///< from 1
  std::size_t of = 1;       ///< so many there are
  std::string list;         ///< digest of all targets that were split
  std::size_t targets = 0;  ///< in this part
  bool is_complete = true;  ///< its scan ended by itself, and all that it should was in it
  Time at{};                ///< when its report was fetched
  bool operator==(const Shard&) const = default;
};

}  // namespace patchbot
