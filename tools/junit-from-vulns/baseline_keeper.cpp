// SPDX-License-Identifier: Apache-2.0
#include "baseline_keeper.hpp"

#include <utility>

namespace patchbot {

namespace {

// What was accepted was another risk.
bool is_worse(const Finding& finding, const Baseline::Entry& then) {
  if (!then.severity) return false;  // of an older version, which did not say
  return (finding.kev && !then.kev) || finding.severity > *then.severity;
}

}  // namespace

BaselineKeeper::BaselineKeeper(std::optional<Baseline> before, Date today)
    : before_(std::move(before)), today_(today) {}

void BaselineKeeper::annotate(Finding& finding) {
  if (!before_) return;
  const auto entry = before_->entries.find(finding.id);
  const bool known = entry != before_->entries.end();
  finding.is_new = !known || is_worse(finding, entry->second);
  if (known) seen_.insert(finding.id);
}

bool BaselineKeeper::apply(Finding& finding) {
  if (before_) {
    if (finding.is_new.value_or(true)) return false;
    if (finding.gate.level >= GateLevel::warn) finding.gate = {GateLevel::note, "baseline"};
    return true;
  }
  if (finding.gate.level >= GateLevel::warn) {
    taken_in_.entries[finding.id] = {
        today_, finding.title, finding.team, finding.severity, finding.kev.has_value()};
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
