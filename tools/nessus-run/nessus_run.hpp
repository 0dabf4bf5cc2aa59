// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/net_flags.hpp"
#include "cli/run.hpp"

namespace patchbot {

/// The flags of nessus-run.
struct NessusRun {
  static constexpr auto name = "nessus-run";
  static constexpr auto summary =
      "Scan machines with a Nessus Manager, a Nessus 6 or Tenable Vulnerability Management: make "
      "or "
      "reuse a scan, launch it, follow it, and fetch its whole report. Keys come from "
      "PATCHBOT_NESSUS_ACCESS_KEY and PATCHBOT_NESSUS_SECRET_KEY, or a user from "
      "PATCHBOT_NESSUS_USER and PATCHBOT_NESSUS_PASSWORD; with _FILE behind its name a variable "
      "names a file.";
  static constexpr auto examples =
      "  nessus-run --url https://nessus.acme.example:8834 --targets inventory.json --output "
      "weekly.nessus\n"
      "  nessus-run --url https://cloud.tenable.com --scan weekly --targets inventory.json "
      "--output "
      "weekly.nessus --state scan.json\n"
      "  nessus-run --url https://cloud.tenable.com --agent-group production --output "
      "agents.nessus\n"
      "  nessus-run --url https://nessus.acme.example:8834 --export-only --scan weekly --output "
      "weekly.nessus\n"
      "  nessus-run --url https://nessus.acme.example:8834 --targets inventory.json --shard 2/5 "
      "--output shard-2.nessus\n"
      "  nessus-run merge --output weekly.nessus shard-1.nessus shard-2.nessus shard-3.nessus\n"
      "  nessus-run --url https://cloud.tenable.com --vulns-export --output vulns.json --state "
      "vulns.state.json\n"
      "  nessus-run --url https://nessus.acme.example:8834 --check\n";

  std::string command;  ///< empty, or "merge"
  std::vector<std::string> reports;
  std::string url;
  std::string targets;
  std::string output;
  std::string scan;
  std::string scan_template = "patch_audit";
  std::string policy;
  std::string scanner;
  std::string folder;
  std::string scan_name;
  std::vector<std::string> agent_groups;
  unsigned window_minutes = 180;
  std::string state;
  std::string shard;
  std::size_t max_hosts = 0;
  std::string absent_agents;
  std::string on_abort = "stop";
  std::string after = "keep";
  std::string archive_folder = "PatchBot";
  std::string since;
  unsigned wait_minutes = 30;
  unsigned poll_seconds = 20;
  bool vulns_export = false;
  bool export_only = false;
  bool check = false;
  cli::NetFlags net{.deadline_seconds = 8 * 3600};

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;

 private:
  void declare_what(CLI::App& app);   ///< is scanned
  void declare_parts(CLI::App& app);  ///< of a fleet
  void declare_how(CLI::App& app);
};

}  // namespace patchbot
