// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"
#include "cli/options.hpp"

namespace patchbot {

void CfnPrChecker::declare(CLI::App& app) {
  cli::add_text(app,
                "--base",
                base,
                "PATH",
                "The version before: a file, or a folder, of which all files named *.yaml, *.yml, "
                "*.json and *.template are read; without it everything is new");
  cli::add_text(app, "--head", head, "PATH", "The version of the pull request, likewise")
      ->required();
  cli::add_choice(app,
                  "--format",
                  format,
                  {"text", "json"},
                  "text is one line a change, for people; json is patchbot.pr/1");
  cli::add_text(
      app,
      "--lint",
      lint,
      "TOOL",
      "Run cfn-lint, or cfn-guard=RULES with a file or folder of rules, on templates that "
      "change, and tell what it says; the pull request does not configure it");
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
}

}  // namespace patchbot
