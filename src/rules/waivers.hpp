// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/finding.hpp"
#include "model/waiver.hpp"

namespace patchbot {

/// Whether every condition of the waiver holds. A cve list must cover every CVE of the finding: a
/// waiver for one CVE says nothing about its neighbours.
bool check_waiver(const WaiverMatch& match, const Finding& finding);

/// The waivers of a run, on one day.
class Waivers {
 public:
  static constexpr std::chrono::days soon{14};

  Waivers() = default;
  Waivers(std::vector<Waiver> waivers, Time now);

  bool empty() const { return waivers_.empty(); }

  /// The first valid waiver that covers the finding, or null; counts its use.
  const Waiver* find(const Finding& finding);

  /// What a person should know: expired, soon expiring and unused waivers, one line each.
  std::vector<std::string> remarks() const;

 private:
  struct Entry {
    Waiver waiver;
    std::uint64_t used = 0;
  };

  std::vector<Entry> waivers_;
  Date today_{};
};

}  // namespace patchbot
