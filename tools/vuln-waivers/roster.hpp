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

/// One waiver, or one VEX document, as the lists show it.
struct RosterRow {
  enum class State : std::uint8_t { valid, ends_soon, expired };

  Acceptance terms;
  std::string vex_file;  ///< empty for what was written by hand
  WaiverMatch match;
  std::vector<std::string> runs_on;  ///< of a VEX document
  State state = State::valid;
  int days_left = 0;                      ///< 0 on its last day, negative behind it
  std::optional<std::uint64_t> findings;  ///< that it covers, if findings were given
  VexWaivers::Shortfall shortfall;        ///< of a VEX document

  bool is_vex() const { return !vex_file.empty(); }
};

std::string_view to_text(RosterRow::State state);

/// What a waiver covers, on one line: "cve CVE-2026-1; team search".
std::string conditions_of(const RosterRow& row);

/// All waivers on one day, the one that ends first at the top.
class Roster {
 public:
  /// With a team: only what may cover findings of that team.
  Roster(WaiverFile file, Date today, std::uint32_t soon, const std::string& team);

  /// Counts which waivers cover the finding, also those that have expired.
  void count(const Finding& finding);
  void begin_counting();

  const std::vector<RosterRow>& rows() const { return rows_; }

 private:
  RosterRow row_of(const Acceptance& terms, const WaiverMatch& match) const;

  Date today_;
  std::uint32_t soon_;
  std::string team_;
  VexWaivers vex_;
  std::vector<std::size_t> vex_rows_;  // by the index of the document
  std::vector<RosterRow> rows_;
};

}  // namespace patchbot
