// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/inventory.hpp"
#include "model/severity.hpp"

namespace patchbot {

/// The name of a machine of which a report gives none.
inline constexpr std::string_view nameless_host = "unnamed";

/// One machine as a report describes it.
struct ScannedHost {
  std::string name;                   ///< as the report calls it: the target as it was typed
  std::string address;                ///< its IP address, if the report has it
  std::string instance;               ///< its EC2 instance id, if the report has it
  std::string account;                ///< its cloud account, if the report has it
  std::string region;                 ///< its cloud region, if the report has it
  std::string ami;                    ///< its image, if the report has it
  Tags tags;                          ///< its tags, if the report has them
  std::vector<std::string> aliases;   ///< further names and addresses
  std::optional<bool> authenticated;  ///< none: the report shows no evidence
  std::optional<bool> finished;       ///< whether it was scanned to the end; none: not known (yet)
  std::optional<Time> seen_at;
};

/// Which number or word of a report decides the severity.
enum class SeveritySource : std::uint8_t { severity, risk_factor, cvss3, vpr };

/// What a report says about the scan as a whole.
struct ScanFacts {
  std::vector<std::string> targets;  ///< what the scanner was asked for, single machines and ranges
  std::vector<std::string> problems;  ///< why the report does not tell everything
  std::vector<std::string> limits;    ///< hosts dropped by the scanner's licence
  std::vector<std::string> remarks;   ///< what a person should know, though nothing is missing
};

}  // namespace patchbot
