// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/run.hpp"

namespace patchbot {

/// The flags of junit-from-vulns.
struct JunitFromVulns {
  static constexpr auto name = "junit-from-vulns";
  static constexpr auto summary =
      "Turn vulnerability scan reports into JUnit results per team, and decide the gate.";
  static constexpr auto examples =
      "  junit-from-vulns --junit-dir results scan.nessus\n"
      "  junit-from-vulns --targets inventory.json --config patchbot.yaml --waivers waivers.yaml "
      "\\\n"
      "      --junit-dir results --findings findings.jsonl --summary summary.json scans/*.nessus\n"
      "  gzip -dc scan.nessus.gz | junit-from-vulns --fail-on high --summary - -\n";

  std::vector<std::string> reports;
  std::string junit_dir;
  std::string findings;
  std::string summary_file;
  std::string sarif;
  std::string issues;
  std::string ocsf;
  std::string csv;
  std::string fail_on;
  std::string warn_on;
  std::string min_severity = "info";
  std::string list_from = "medium";
  std::string severity_source = "severity";
  std::string targets;
  std::string targets_after;
  bool allow_unauthenticated = false;
  std::uint32_t max_scan_age = 0;  ///< in days; 0: any age
  std::string group_by = "asset";
  std::uint32_t max_cases = 10000;
  std::string baseline;
  std::string write_baseline;
  std::optional<std::string> explain;
  bool check_config = false;
  std::string last_run;
  std::string config;
  std::string waivers;
  std::string feeds;
  bool redact_evidence = false;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;

 private:
  void declare_files(CLI::App& app);
  void declare_outputs(CLI::App& app);
  void declare_gate(CLI::App& app);
  void declare_questions(CLI::App& app);
  void declare_cases(CLI::App& app);
};

}  // namespace patchbot
