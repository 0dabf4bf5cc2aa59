// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/gate_level.hpp"
#include "model/severity.hpp"

// The gate as data: what patchbot.yaml says under policies:, and what the presets say in the same
// words (src/formats/preset_policies.cpp).

namespace patchbot {

/// What must be true of a finding; what is empty does not matter. Of several texts any one may
/// match.
struct Condition {
  std::optional<Severity> severity;  ///< at least; unknown: only what has no known severity
  std::optional<bool> kev;
  std::optional<bool> kev_ransomware;
  std::optional<double> epss;             ///< at least, a fraction
  std::optional<double> epss_percentile;  ///< at least, a fraction
  std::string exploitation;               ///< SSVC, at least: none, poc, active
  std::optional<bool> automatable;        ///< SSVC
  std::string technical_impact;           ///< SSVC: partial or total
  std::string exploit;                    ///< at least: none, poc, functional, active
  std::optional<bool> fix_available;
  std::optional<bool> exposed;
  std::optional<int> age_days;  ///< at least
  std::optional<bool> sla_overdue;
  std::optional<bool> is_new;
  std::vector<std::string> status;
  std::vector<std::string> kind;
  std::vector<std::string> environment;  ///< globs, like all that follow
  std::vector<std::string> team;
  std::vector<std::string> service;
  std::vector<std::string> source;
  std::vector<std::string> title;
  std::vector<std::string> id;  ///< the scanner's own id or any id of the vulnerability
  bool operator==(const Condition&) const = default;
};

/// One line of a policy. The first rule that holds decides.
struct GateRule {
  std::string id;
  GateLevel level = GateLevel::none;
  Condition when;
  bool operator==(const GateRule&) const = default;
};

/// How much time there is. The first row that holds decides.
struct SlaRow {
  Condition when;
  std::optional<int> days;  ///< none: no deadline of its own, with the next system upgrade
  bool forensics = false;   ///< the machine must be looked at, too
  bool operator==(const SlaRow&) const = default;
};

/// Where a deadline is counted from.
enum class SlaClock : std::uint8_t {
  detection,  ///< when the finding was first seen
  earliest    ///< the same, or the day of its KEV listing if that was earlier
};

struct Policy {
  std::string name;
  std::vector<GateRule> rules;
  std::vector<SlaRow> sla;
  SlaClock clock = SlaClock::detection;
  bool operator==(const Policy&) const = default;
};

}  // namespace patchbot
