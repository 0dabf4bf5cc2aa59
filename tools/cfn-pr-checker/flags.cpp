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
  cli::add_text(app, "--head", head, "PATH", "The version of the pull request, likewise");
  cli::add_choice(app,
                  "--format",
                  format,
                  {"text", "json"},
                  "text is one line a change, for people; json is patchbot.pr/1");
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
  host.declare(app);
}

}  // namespace patchbot
