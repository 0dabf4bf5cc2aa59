// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/finding.hpp"
#include "model/waiver.hpp"
#include "rules/vex_waivers.hpp"

namespace patchbot {

/// Whether every condition of the waiver holds. A cve list must cover every CVE of the finding: a
/// waiver for one CVE says nothing about its neighbours.
bool check_waiver(const WaiverMatch& match, const Finding& finding);

/// The first day on which it no longer holds is that after `expires`, UTC.
bool has_expired(const Acceptance& waiver, Date today);

/// The waivers of a run, on one day.
class Waivers {
 public:
  static constexpr std::chrono::days soon{14};

  Waivers() = default;
  Waivers(WaiverFile file, Time now);

  bool empty() const { return waivers_.empty() && vex_.all().empty(); }

  /// What the first valid waiver that covers the finding says, or none; counts its use. VEX comes
  /// behind what was written by hand.
  std::optional<WaiverNote> find(const Finding& finding);

  /// What a person should know: expired, soon expiring and unused waivers, one line each, and VEX
  /// statements that can waive nothing.
  std::vector<std::string> remarks() const;

 private:
  std::vector<std::string> remarks_on(const Acceptance& waiver, std::uint64_t used) const;

  std::vector<Waiver> waivers_;
  VexWaivers vex_;
  std::vector<std::uint64_t> used_;  // waivers, then VEX
  Date today_{};
};

}  // namespace patchbot
