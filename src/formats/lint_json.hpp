// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/gate_level.hpp"

namespace patchbot {

/// What another linter says of a file that it was given. All texts are one clean line.
struct LintFinding {
  std::string file;  ///< the name that the linter was given, or has made of it
  GateLevel level;
  std::string rule;  ///< the linter's own: "E3002"
  std::string path;  ///< of the value, "/Resources/Web"; empty if it does not say
  std::string message;
  Position place;  ///< line 1, column 1 if it does not say
};

/// What `cfn-lint --format json` prints: an error fails, a warning warns, what informs is a note.
/// Throws Error(input) for anything else.
std::vector<LintFinding> parse_cfn_lint(std::string_view text);

/// What `cfn-guard validate --structured --output-format json` prints: a finding for each clause
/// that is not met; all of them fail. Throws Error(input) for anything else.
std::vector<LintFinding> parse_cfn_guard(std::string_view text);

}  // namespace patchbot
