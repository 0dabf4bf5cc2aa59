// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/finding.hpp"

// The result of one run, as docs/schema/summary-1.schema.json names its fields.

namespace patchbot {

struct SeverityCounts {
  std::array<std::uint64_t, severity_count> by_severity{};

  std::uint64_t& operator[](Severity s) { return by_severity[static_cast<std::size_t>(s)]; }
  std::uint64_t operator[](Severity s) const { return by_severity[static_cast<std::size_t>(s)]; }
  bool operator==(const SeverityCounts&) const = default;
};

struct InputSummary {
  std::string file;
  std::string format;
  bool complete = false;
  std::uint64_t hosts = 0;
  std::uint64_t items = 0;
  std::string problem;  ///< empty: none
};

struct TeamSummary {
  SeverityCounts findings;
  std::uint64_t waived = 0;
  GateLevel worst = GateLevel::none;
};

/// Why the gate does not pass: one rule, how often, and one example (a finding id, a host or a
/// file).
struct GateReason {
  std::string rule;
  GateLevel level = GateLevel::none;
  std::uint64_t count = 0;
  std::string example;
};

/// A vulnerability that CISA listed as known exploited after the run before.
struct ExploitedVulnerability {
  std::string id;  ///< a CVE, else the scanner's own id
  Date added;
  std::uint64_t findings = 0;
  std::uint64_t waived = 0;  ///< of these
  std::set<std::string> teams;
};

struct ExploitedSince {
  Date since;
  std::vector<ExploitedVulnerability> vulnerabilities;
};

struct Summary {
  SeverityCounts findings;                    ///< without compliance results
  std::array<std::uint64_t, 6> compliance{};  ///< by CheckResult
  std::uint64_t fixed = 0;  ///< what a scanner lists as repaired; in no count above
  std::uint64_t waived = 0;
  std::uint64_t hosts_expected = 0;
  std::uint64_t hosts_scanned = 0;
  std::uint64_t hosts_gone = 0;  ///< terminated while the scan ran
  std::uint64_t hosts_unauthenticated = 0;
  std::vector<InputSummary> inputs;
  std::map<std::string, TeamSummary> teams;
  std::vector<GateReason> reasons;
  /// What the gate says of every finding and check that is neither waived nor fixed, by GateLevel.
  std::array<std::uint64_t, 4> levels{};

  std::optional<ExploitedSince> newly_exploited;  ///< where the time of the run before is known

  GateLevel verdict() const;  ///< the worst level of all reasons
};

/// "fail", "warn" or "pass".
std::string_view verdict_text(GateLevel worst);

}  // namespace patchbot
