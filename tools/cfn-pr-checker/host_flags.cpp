// SPDX-License-Identifier: Apache-2.0
#include "host_flags.hpp"

#include "cli/options.hpp"

namespace patchbot {

void HostFlags::declare(CLI::App& app) {
  cli::add_text(app,
                "--pr",
                pr,
                "URL",
                "The pull request, on GitHub, GitLab or Bitbucket, instead of --base and --head; "
                "without all three CHANGE_URL, as Jenkins sets it");
  cli::add_switch(app,
                  "--comment",
                  comment,
                  "Write the review into one comment of the pull request, and update that one "
                  "later");
  cli::add_switch(
      app, "--status", status, "Set the status patchbot/cfn of the commit that is to be merged");
  cli::add_switch(
      app, "--dry-run", dry_run, "Say what --comment and --status would send, and send nothing");
  cli::add_switch(app,
                  "--check",
                  check,
                  "Try the address, the token and its rights by reading only, and say what is "
                  "missing");
  net.declare(app);
}

}  // namespace patchbot
