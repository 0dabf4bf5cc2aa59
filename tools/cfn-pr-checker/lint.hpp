// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// What --lint asks for: "cfn-lint", or "cfn-guard=RULES" with a file or folder of rules.
struct LintTool {
  std::string name;
  std::string rules;  ///< an absolute path

  /// Throws Error(usage) for anything else, and where there are no such rules.
  static LintTool parse(const std::string& text);
};

/// Runs the linter on both versions of every template that changes, and adds what it says to the
/// hits: what it said of the version before as well is a note. The files must have been read with
/// KeepBytes::yes. The linter gets copies in an empty folder, nothing of our environment but PATH,
/// and no configuration from the files. Throws Error(usage) if it is not installed, crashes, takes
/// more than five minutes or prints what is no list of findings: a check that was asked for and not
/// made is never silent.
void add_lint(PullRequest& request,
              const TemplateFiles& base,
              const TemplateFiles& head,
              const LintTool& tool,
              const Environment& environment);

}  // namespace patchbot
