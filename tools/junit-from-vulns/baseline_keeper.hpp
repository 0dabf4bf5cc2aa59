// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_set>

#include "model/baseline.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Holds findings against a baseline, and makes the next one.
class BaselineKeeper {
 public:
  /// Without a baseline to begin with, the next one takes in all that the gate acts on.
  BaselineKeeper(std::optional<Baseline> before, Date today);

  /// Says whether the finding is new, where there is a baseline to tell by.
  void annotate(Finding& finding);

  /// What is in the baseline gates no more than a note; whether it is.
  bool apply(Finding& finding);

  /// The next baseline: what is left of the one before, or, if there was none, all that the gate
  /// acted on. An incomplete scan proves of nothing that it is gone, so then nothing is dropped.
  Baseline next(bool scan_is_complete) const;

 private:
  std::optional<Baseline> before_;
  Baseline taken_in_;
  std::unordered_set<Digest> seen_;
  Date today_;
};

}  // namespace patchbot
