// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"
#include "cli/options.hpp"

namespace patchbot {

void CfnPrChecker::declare(CLI::App& app) {
  cli::add_text(app,
                "--base",
                base,
                "PATH|REV",
                "The version before: a file; a folder, of which all files named *.yaml, *.yml, "
                "*.json, *.template and samconfig.toml are read; or a revision of git, such as "
                "origin/main. Without it everything is new");
  cli::add_text(app,
                "--head",
                head,
                "PATH|REV",
                "The version of the pull request, likewise. Two revisions are compared from where "
                "they parted");
  cli::add_text(app,
                "--config",
                config,
                "FILE",
                "patchbot.yaml; by default that of the version before, never that of the pull "
                "request");
  cli::add_text(app,
                "--repository",
                repository,
                "OWNER/NAME",
                "What the repository is called in the configuration's templates");
  cli::add_choice(app,
                  "--format",
                  format,
                  {"text", "json", "markdown"},
                  "text is one line a change, for people; json is patchbot.pr/1");
  cli::add_text(
      app,
      "--lint",
      lint,
      "TOOL",
      "Run cfn-lint, or cfn-guard=RULES with a file or folder of rules, on templates that "
      "change, and tell what it says; the pull request does not configure it");
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
  cli::add_text(app, "--junit", junit, "FILE", "Also write what the rules say as a JUnit file");
  cli::add_text(app, "--sarif", sarif, "FILE", "Also write it as SARIF 2.1.0");
  cli::add_text(app,
                "--images",
                images,
                "aws|FILE",
                "What the AMIs are: asked of EC2, or from a catalogue that --save-images has "
                "written; without it only what the files tell is checked");
  cli::add_text(app,
                "--save-images",
                save_images,
                "FILE",
                "With --images aws: also write what EC2 said, and all images of the owners that "
                "are accounts, for later pull requests");
  cli::add_text(app,
                "--inventory",
                inventory,
                "FILE",
                "Which servers run, as ec2-targets --format json has written: production gets what "
                "servers of staging run");
  host.declare(app);
}

}  // namespace patchbot
