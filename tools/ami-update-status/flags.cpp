// SPDX-License-Identifier: Apache-2.0

#include "ami_update_status.hpp"
#include "cli/options.hpp"

namespace patchbot {

void AmiUpdateStatus::declare(CLI::App& app) {
  cli::add_text(app,
                "--config",
                config,
                "FILE",
                "patchbot.yaml: accounts, owners, templates, repositories, bakes");
  cli::add_text(app, "--team", team, "TEAM", "Only the services of this team");
  cli::add_text(app, "--environment", environment, "NAME", "Only this environment, and the bakes");
  cli::add_switch(app, "--stale-only", stale_only, "Only services that ask for something");
  cli::add_choice(app,
                  "--format",
                  format,
                  {"table", "json", "csv", "markdown"},
                  "How the status is written; csv has a line for each stage");
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
  cli::add_text(app, "--junit", junit, "FILE", "A test case for each stage as well");
  app.add_option("--max-age",
                 max_age,
                 "The gate fails for servers that run an AMI of more than this many days; 0 for "
                 "any age")
      ->type_name("DAYS")
      ->envname(cli::environment_name("--max-age"))
      ->check(CLI::Range(0U, 3660U).description(""))
      ->capture_default_str();
  cli::add_switch(app,
                  "--allow-partial",
                  allow_partial,
                  "End by the gate although something could not be asked; the status still says "
                  "that it is partial");
  cli::add_switch(app,
                  "--check",
                  check,
                  "Only try configuration, credentials and permissions, and say what is missing");
  cli::add_parallel(app, parallel);
  net.declare(app);
}

}  // namespace patchbot
