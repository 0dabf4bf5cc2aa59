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
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
  cli::add_text(app, "--config", config, "FILE", "patchbot.yaml");
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
  net.declare(app);
}

}  // namespace patchbot
