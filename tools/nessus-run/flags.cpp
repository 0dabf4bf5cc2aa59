// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "nessus_run.hpp"

namespace patchbot {
namespace {

void add_number(CLI::App& app,
                const std::string& flag,
                unsigned& value,
                const std::string& unit,
                const std::string& description,
                unsigned most) {
  app.add_option(flag, value, description)
      ->type_name(unit)
      ->envname(cli::environment_name(flag))
      ->check(CLI::Range(1U, most).description(""))
      ->capture_default_str();
}

}  // namespace

void NessusRun::declare(CLI::App& app) {
  app.require_subcommand(0, 1);
  app.add_subcommand("merge",
                     "Make one report of those of all shards; what is missing is said, and ends "
                     "with 3")
      ->fallthrough()
      ->callback([this] { command = "merge"; })
      ->add_option("REPORT", reports, "The reports of the shards, in any order")
      ->type_name("REPORT");
  declare_what(app);
  declare_parts(app);
  declare_how(app);
  net.declare(app);
}

void NessusRun::declare_what(CLI::App& app) {
  cli::add_text(
      app, "--url", url, "URL", "The server: https://HOST:8834, or https://cloud.tenable.com");
  cli::add_text(
      app,
      "--targets",
      targets,
      "FILE|-",
      "What to scan: the inventory of ec2-targets, or an address, host name, range or CIDR a "
      "line");
  cli::add_text(app, "--output", output, "FILE", "Where the report goes, whole or not at all");
  cli::add_text(app,
                "--scan",
                scan,
                "NAME|ID",
                "Launch this scan, with --targets instead of its own targets; in the cloud better "
                "than a new one each week");
  cli::add_text(
      app, "--template", scan_template, "NAME", "Make a scan of this template, by its short name");
  cli::add_text(app, "--policy", policy, "NAME|ID", "Make a scan of this policy instead");
  cli::add_text(app, "--scanner", scanner, "NAME|ID", "Who scans; by default the server decides");
  cli::add_text(app, "--folder", folder, "NAME|ID", "Where the new scan is kept");
  cli::add_text(app,
                "--name",
                scan_name,
                "TEXT",
                "What the new scan is called; a word of its own is added, by which it is found "
                "again");
  app.add_option(
         "--agent-group", agent_groups, "Have the agents of this group scan; may be repeated")
      ->type_name("NAME|ID")
      ->delimiter(',')
      ->envname(cli::environment_name("--agent-group"));
  add_number(
      app, "--agent-window", window_minutes, "MINUTES", "How long agents have to report", 40320);
  cli::add_text(app,
                "--absent-agents",
                absent_agents,
                "FILE",
                "Where the list of agents goes that did not report, a line each with tabs between");
  cli::add_switch(app,
                  "--vulns-export",
                  vulns_export,
                  "Scan nothing: fetch all findings that the cloud knows of, of agents and all "
                  "scans, as one JSON array");
  cli::add_text(app,
                "--since",
                since,
                "last|TIME",
                "Of these only what changed from then on, fixed findings too: since the last "
                "success that --state knows of, or a date or time; by default all that is open "
                "and was seen in the last 30 days");
}

void NessusRun::declare_parts(CLI::App& app) {
  cli::add_text(app,
                "--shard",
                shard,
                "N/M",
                "Scan only this part of the targets, such as 2/5, so that several agents take one "
                "each; see merge");
  app.add_option("--max-hosts-per-scan",
                 max_hosts,
                 "Scan at most so many targets at a time, in several scans one after another, and "
                 "make one report of all")
      ->type_name("NUMBER")
      ->envname(cli::environment_name("--max-hosts-per-scan"))
      ->check(CLI::Range(1U, 1000000U).description(""));
}

void NessusRun::declare_how(CLI::App& app) {
  cli::add_text(
      app,
      "--state",
      state,
      "FILE",
      "Remember here how far the scan is, and take it up from here after a restart instead "
      "of launching a second one; gone when all is done");
  cli::add_choice(
      app,
      "--on-abort",
      on_abort,
      {"stop", "leave"},
      "What becomes of the scan when this command is ended by SIGTERM or SIGINT, or its "
      "time is over");
  cli::add_choice(app,
                  "--after",
                  after,
                  {"keep", "archive", "delete"},
                  "What becomes of a scan that was made for this run when its report is here");
  cli::add_text(app,
                "--archive-folder",
                archive_folder,
                "NAME",
                "Folder of the server that --after archive moves it to; made if it is not there");
  add_number(app,
             "--wait",
             wait_minutes,
             "MINUTES",
             "How long a server may be loading before it is given up",
             1440);
  add_number(app, "--poll", poll_seconds, "SECONDS", "How often the server is asked", 3600);
  cli::add_switch(app,
                  "--export-only",
                  export_only,
                  "Launch nothing: fetch what the latest run of --scan found, once it has ended");
  cli::add_switch(app,
                  "--check",
                  check,
                  "Ask the server what it is and whether all that is named is there, and launch "
                  "nothing");
}

}  // namespace patchbot
