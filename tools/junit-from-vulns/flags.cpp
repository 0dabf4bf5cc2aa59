// SPDX-License-Identifier: Apache-2.0

#include "cli/options.hpp"
#include "junit_from_vulns.hpp"

namespace patchbot {

namespace {

const std::vector<std::string> thresholds{"critical", "high", "medium", "low", "info", "none"};
const std::vector<std::string> severities{"critical", "high", "medium", "low", "info"};

}  // namespace

void JunitFromVulns::declare(CLI::App& app) {
  declare_files(app);
  declare_gate(app);
  declare_cases(app);
}

void JunitFromVulns::declare_files(CLI::App& app) {
  app.add_option(
         "REPORT",
         reports,
         "Reports of scanners (docs/formats.md lists them), plain, gzip or zip, recognised by "
         "content; - is standard input")
      ->type_name("");
  cli::add_text(app,
                "--junit-dir",
                junit_dir,
                "DIR",
                "Write TEST-patchbot-<team>.xml and TEST-patchbot-scan.xml into this directory; "
                "files of that pattern from an earlier run are removed");
  declare_outputs(app);
  cli::add_text(app, "--config", config, "FILE", "patchbot.yaml: teams and gates");
  cli::add_text(app, "--waivers", waivers, "FILE", "waivers.yaml: accepted risks");
  cli::add_text(app,
                "--feeds",
                feeds,
                "DIR",
                "What vuln-feeds keeps (--cache): KEV, EPSS and SSVC of each CVE are added, and "
                "replace what the scanner knew of it");
  cli::add_text(app,
                "--targets",
                targets,
                "FILE",
                "The machines that had to be scanned: an inventory of ec2-targets, or a list with "
                "one address, name or range per line; a machine that no report holds is a failure");
  cli::add_text(app,
                "--targets-after",
                targets_after,
                "FILE",
                "The inventory after the scan: machines terminated meanwhile are not missing");
}

void JunitFromVulns::declare_outputs(CLI::App& app) {
  cli::add_text(app, "--findings", findings, "FILE|-", "Write every finding as a line of JSON");
  cli::add_text(app, "--summary", summary_file, "FILE|-", "Write counts and verdicts as JSON");
  cli::add_text(app,
                "--sarif",
                sarif,
                "FILE|-",
                "Write the weaknesses as SARIF 2.1.0, for GitHub's code scanning and others");
  cli::add_text(app,
                "--issues",
                issues,
                "FILE|-",
                "Write the weaknesses for issues() of Jenkins' Warnings plugin: one document if "
                "FILE ends in .json, else one issue per line");
  cli::add_text(app,
                "--ocsf",
                ocsf,
                "FILE|-",
                "Write the vulnerabilities as OCSF 1.6.0 events, one per line");
  cli::add_text(app, "--csv", csv, "FILE|-", "Write every finding as a table for spreadsheets");
}

void JunitFromVulns::declare_gate(CLI::App& app) {
  cli::add_choice(
      app,
      "--fail-on",
      fail_on,
      thresholds,
      "Fail the gate from this severity; without it the configuration decides, else critical");
  cli::add_choice(app,
                  "--warn-on",
                  warn_on,
                  thresholds,
                  "Warn from this severity; without it the configuration decides, else high");
  cli::add_choice(
      app,
      "--severity-source",
      severity_source,
      {"severity", "risk_factor", "cvss3", "vpr"},
      "What decides how severe a finding is: the scanner's severity, its risk factor (CVSS v2), "
      "the CVSS v3 score or VPR; where a finding lacks it, the scanner's severity");
  cli::add_text(app,
                "--baseline",
                baseline,
                "FILE",
                "Findings that were there before gating began: they gate no more, all others do");
  cli::add_text(app,
                "--write-baseline",
                write_baseline,
                "FILE",
                "Write the next baseline: what is left of --baseline after a complete scan or, "
                "without it, all that the gate acts on now");
  declare_questions(app);
}

// What is asked of the run beyond the verdict, and of the scan before it.
void JunitFromVulns::declare_questions(CLI::App& app) {
  app.add_option(
         "--explain",
         explain,
         "Print which rule decided and why the others did not, for the finding with this "
         "id, scanner's id or CVE; without ID, or with all, for what the gate acts on, 20 at "
         "most")
      ->type_name("[ID]")
      ->envname(cli::environment_name("--explain"))
      ->expected(0, 1);
  cli::add_text(app,
                "--last-run",
                last_run,
                "TIME",
                "When the run before was, for example 2026-11-16T06:00:00Z: vulnerabilities that "
                "were listed as known exploited since then are called out");
  cli::add_switch(app,
                  "--check-config",
                  check_config,
                  "Check --config, --waivers and --baseline and stop; no report is needed");
  cli::add_switch(app,
                  "--allow-unauthenticated",
                  allow_unauthenticated,
                  "Accept hosts that were scanned without credentials");
  app.add_option("--max-scan-age",
                 max_scan_age,
                 "A host that was last looked at longer ago than this, or that shows no date, is a "
                 "failure: an agent that has fallen silent proves nothing; 0 accepts any age")
      ->type_name("DAYS")
      ->envname(cli::environment_name("--max-scan-age"))
      ->check(CLI::Range(0U, 36500U).description(""))
      ->capture_default_str();
}

void JunitFromVulns::declare_cases(CLI::App& app) {
  cli::add_choice(
      app,
      "--min-severity",
      min_severity,
      severities,
      "Leave less severe findings out of --findings, --sarif, --issues, --ocsf and --csv; the gate "
      "and the summary still count them");
  cli::add_choice(
      app,
      "--list-from",
      list_from,
      severities,
      "List findings from this severity as test cases, besides those that the gate acts on");
  cli::add_choice(app,
                  "--group-by",
                  group_by,
                  {"asset", "host"},
                  "One test case per asset, which survives the weekly replacement of its machines, "
                  "or per host");
  app.add_option("--max-cases",
                 max_cases,
                 "Above this number of test cases of a team, one case per asset (or host)")
      ->type_name("N")
      ->envname(cli::environment_name("--max-cases"))
      ->check(CLI::Range(1U, 1000000U).description(""))
      ->capture_default_str();
  cli::add_switch(
      app, "--redact-evidence", redact_evidence, "Leave out what the scanner saw on the machines");
}

}  // namespace patchbot
