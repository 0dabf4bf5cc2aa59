// SPDX-License-Identifier: Apache-2.0
#include "baseline_keeper.hpp"

#include <utility>

namespace patchbot {

BaselineKeeper::BaselineKeeper(std::optional<Baseline> before, Date today)
    : before_(std::move(before)), today_(today) {}

void BaselineKeeper::annotate(Finding& finding) {
  if (!before_) return;
  const bool known = before_->entries.contains(finding.id);
  finding.is_new = !known;
  if (known) seen_.insert(finding.id);
}

bool BaselineKeeper::apply(Finding& finding) {
  if (before_) {
    if (!before_->entries.contains(finding.id)) return false;
    if (finding.gate.level >= GateLevel::warn) finding.gate = {GateLevel::note, "baseline"};
    return true;
  }
  if (finding.gate.level >= GateLevel::warn) {
    taken_in_.entries[finding.id] = {today_, finding.title, finding.team};
  }
  return false;
}

Baseline BaselineKeeper::next(bool scan_is_complete) const {
  if (!before_) return taken_in_;
  Baseline left = *before_;
  if (scan_is_complete) {
    std::erase_if(left.entries, [this](const auto& entry) { return !seen_.contains(entry.first); });
  }
  return left;
}

}  // namespace patchbot
