// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "vuln_waivers.hpp"

namespace patchbot {
namespace {

void add_command(CLI::App& app,
                 std::string& command,
                 const std::string& name,
                 const std::string& description) {
  // Flags belong to all commands, so they may stand before and behind it.
  app.add_subcommand(name, description)->fallthrough()->callback([&command, name] {
    command = name;
  });
}

void add_days(CLI::App& app,
              const std::string& flag,
              std::uint32_t& days,
              const std::string& description) {
  app.add_option(flag, days, description)
      ->type_name("DAYS")
      ->envname(cli::environment_name(flag))
      ->check(CLI::Range(0U, 36500U).description(""))
      ->capture_default_str();
}

}  // namespace

void VulnWaivers::declare(CLI::App& app) {
  app.require_subcommand(1);
  add_command(app,
              command,
              "check",
              "All that is wrong. Errors in the files end with 2; waivers that have expired, run "
              "for too long or lack an approver with 1; those that end soon, match nothing or can "
              "match nothing with 5");
  add_command(app, command, "list", "Every waiver, the one that ends first at the top");
  add_command(app,
              command,
              "expiring",
              "The waivers that end within --within days, for a weekly message; with any, the exit "
              "status is 5");
  cli::add_text(app, "--waivers", waivers, "FILE", "The waivers; VEX documents lie relative to it");
  cli::add_text(app, "--config", config, "FILE", "patchbot.yaml: the names of the teams");
  cli::add_text(app,
                "--findings",
                findings,
                "FILE|-",
                "Findings of a scan, as junit-from-vulns --findings writes them: how many each "
                "waiver covers, and which ones cover none");
  cli::add_text(app,
                "--team",
                team,
                "TEAM",
                "Only waivers that may cover findings of this team, and only its findings");
  cli::add_choice(app,
                  "--format",
                  format,
                  {"table", "json", "csv"},
                  "table is for people; json has its schema in docs/schema/waiver-list-1");
  cli::add_text(app, "--output", output, "FILE|-", "Where it goes");
  add_days(app, "--within", within, "What counts as ending soon");
  add_days(app,
           "--max-days",
           max_days,
           "A waiver must not run for longer than this from today; 0 for any time");
  cli::add_switch(app,
                  "--require-approver",
                  require_approver,
                  "Every waiver needs an approver who is not its owner");
}

}  // namespace patchbot
