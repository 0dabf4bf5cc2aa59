// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "base/hash.hpp"
#include "base/time.hpp"

namespace patchbot {

/// Findings that were there before gating began: they are counted and shown, but gate no more than
/// a note. By id, so that a finding keeps its place however it is rated later.
struct Baseline {
  struct Entry {
    Date since{};       ///< when it was taken in
    std::string title;  ///< for people who read the file
    std::string team;
  };
  std::unordered_map<Digest, Entry> entries;
};

}  // namespace patchbot
