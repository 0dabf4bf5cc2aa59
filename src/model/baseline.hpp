// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "base/hash.hpp"
#include "base/time.hpp"
#include "model/severity.hpp"

namespace patchbot {

/// Findings that were there before gating began: they are counted and shown, but gate no more than
/// a note, unless they have become worse since. By id, so that a finding keeps its place.
struct Baseline {
  struct Entry {
    Date since{};       ///< when it was taken in
    std::string title;  ///< for people who read the file
    std::string team;
    std::optional<Severity> severity;  ///< then; none: not known, nothing is worse than it
    bool kev = false;                  ///< whether it was known exploited then
  };
  std::unordered_map<Digest, Entry> entries;
};

}  // namespace patchbot
