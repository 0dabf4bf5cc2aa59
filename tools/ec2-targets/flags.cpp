// SPDX-License-Identifier: Apache-2.0

#include "cli/options.hpp"
#include "ec2_targets.hpp"

namespace patchbot {

void Ec2Targets::declare(CLI::App& app) {
  app.add_option("FILE", file, "With --source file: an inventory, or a plain list of targets")
      ->type_name("");
  cli::add_choice(app,
                  "--source",
                  source,
                  {"ec2", "security-monkey", "file"},
                  "Where the machines are looked up: EC2 itself, a Netflix Security Monkey, or a "
                  "file that is filtered, given owners and written anew");
  cli::add_text(app, "--config", config, "FILE", "patchbot.yaml: accounts, regions, owners");
  cli::add_choice(app,
                  "--format",
                  format,
                  {"json", "ips", "csv"},
                  "json is the inventory that the other tools read; ips is one address per line, "
                  "of all interfaces, for a scanner");
  cli::add_text(app,
                "--state",
                state,
                "STATES",
                "Only machines in these states, such as running,stopped; any for all");
  cli::add_text(app, "--team", team, "TEAM", "Only the machines of this team");
  cli::add_text(app, "--environment", environment, "NAME", "Only the machines of this environment");
  cli::add_switch(app,
                  "--with-coverage",
                  with_coverage,
                  "Ask Amazon Inspector and SSM which machines they see, and what the internet "
                  "reaches");
  cli::add_text(app, "--output", output, "FILE|-", "Where the list goes");
  cli::add_switch(app,
                  "--check",
                  check,
                  "Only try configuration, credentials and permissions, and say what is missing");
  cli::add_switch(app,
                  "--allow-partial",
                  allow_partial,
                  "End with 0 although some account or region could not be read; the list still "
                  "says that it is partial");
  cli::add_parallel(app, parallel);
  net.declare(app);
}

}  // namespace patchbot
