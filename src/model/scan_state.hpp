// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace patchbot {

/// How far a scan has got that somebody may have to take up: the steps that must not be done twice.
struct ScanState {
  enum class Step : std::uint8_t {
    making,     ///< the scan may be there, under its name
    made,       ///< it is there, and not launched
    launching,  ///< a run may go on, which is none of known_runs
    launched,
    next_part,  ///< what came before is fetched, and nothing is begun
  };

  Step step = Step::making;
  std::string url;       ///< of the server
  std::string name;      ///< of the scan; nobody else's has it if it is ours
  bool is_ours = false;  ///< made for this run
  std::string scan;      ///< its id
  std::vector<std::string> known_runs;
  std::string run_uuid;
  std::string run_id;
  std::string job;       ///< digest of what was asked for, the targets apart
  std::string targets;   ///< digest of them, those of all parts
  std::size_t part = 1;  ///< of those that are scanned one after another
  bool operator==(const ScanState&) const = default;
};

}  // namespace patchbot
