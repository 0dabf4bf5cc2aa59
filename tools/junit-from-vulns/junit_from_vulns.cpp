// SPDX-License-Identifier: Apache-2.0
#include "junit_from_vulns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "base/atomic_file.hpp"
#include "base/byte_source.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "cli/options.hpp"
#include "formats/config_yaml.hpp"
#include "formats/inventory_json.hpp"
#include "formats/summary_json.hpp"
#include "formats/target_list.hpp"
#include "formats/waivers_yaml.hpp"
#include "intake.hpp"
#include "junit_dir.hpp"
#include "overview.hpp"
#include "rules/coverage.hpp"
#include "scan_cases.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_config_bytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t max_inventory_bytes = std::size_t{2} * 1024 * 1024 * 1024;

// Reads a small file and parses it; errors carry the file's name.
template <class Parse>
auto read_and_parse(const std::string& path, std::size_t limit, const Parse& parse) {
  try {
    const auto source = open_file(path);
    return parse(read_all(*source, limit));
  } catch (const Error& error) {
    throw error.in(clean_line(path));
  }
}

template <class Parse>
auto read_settings(const std::string& path, const Parse& parse) {
  try {
    return read_and_parse(path, max_config_bytes, parse);
  } catch (const Error& error) {
    throw Error(Blame::usage, error.what());
  }
}

GateSettings gate_flags(const JunitFromVulns& flags) {
  GateSettings gate;
  if (!flags.fail_on.empty()) gate.fail_on = *parse_threshold(flags.fail_on);
  if (!flags.warn_on.empty()) gate.warn_on = *parse_threshold(flags.warn_on);
  return gate;
}

SeveritySource severity_source_of(const std::string& word) {
  if (word == "risk_factor") return SeveritySource::risk_factor;
  if (word == "cvss3") return SeveritySource::cvss3;
  return word == "vpr" ? SeveritySource::vpr : SeveritySource::severity;
}

// What the scanner was asked for, by its own account, when nobody gave an inventory. Names that it
// writes in ways of its own prove nothing.
Inventory inventory_of(const std::vector<std::string>& targets) {
  Inventory inventory;
  std::set<std::string> seen;
  for (const std::string& text : targets) {
    if (!seen.insert(text).second) continue;
    try {
      for (Target& target : parse_target_list(text).targets)
        inventory.targets.push_back(target);
    } catch (const Error&) {
      continue;
    }
  }
  return inventory;
}

std::vector<bool> reached_by_name(const Inventory& inventory, const HostTable& hosts) {
  std::vector<bool> reached;
  for (const Target& target : inventory.targets) {
    reached.push_back(hosts.knows(target.addresses.front()));
  }
  return reached;
}

/// Where findings lines go: standard output, or a file that appears when it is complete.
class FindingLines {
 public:
  FindingLines(const std::string& path, std::ostream& out) : out_(out), wanted_(!path.empty()) {
    if (wanted_ && path != "-") file_ = std::make_unique<AtomicFile>(path);
  }

  std::function<void(const std::string&)> sink() {
    if (!wanted_) return {};
    if (file_) return [this](const std::string& line) { file_->write(line); };
    return [this](const std::string& line) { out_ << line; };
  }

  void finish() {
    if (file_) file_->commit();
  }

 private:
  std::ostream& out_;
  bool wanted_;
  std::unique_ptr<AtomicFile> file_;
};

/// All that the flags name, read and checked before the first report is touched.
struct Setup {
  Config config;
  Waivers waivers;
  Inventory inventory;
  std::optional<Inventory> after;

  Setup(const JunitFromVulns& flags, Time now) {
    if (flags.findings == "-" && flags.summary_file == "-") {
      throw Error(Blame::usage, "--findings and --summary cannot both go to standard output");
    }
    if (!flags.targets_after.empty() && flags.targets.empty()) {
      throw Error(Blame::usage, "--targets-after needs --targets");
    }
    if (!flags.config.empty()) config = read_settings(flags.config, parse_config);
    if (!flags.waivers.empty()) {
      const auto parse = [this](const std::string& text) { return parse_waivers(text, config); };
      waivers = Waivers(read_settings(flags.waivers, parse), now);
    }
    if (!flags.targets.empty()) inventory = load_targets(flags.targets);
    if (!flags.targets_after.empty()) after = load_targets(flags.targets_after);
  }

 private:
  static Inventory load_targets(const std::string& path) {
    return read_and_parse(path, max_inventory_bytes, parse_targets);
  }
};

Coverage coverage_of(const Setup& setup,
                     Inventory& named,
                     const Intake& intake,
                     const HostTable& hosts) {
  if (!setup.inventory.targets.empty()) {
    return check_coverage(setup.inventory, hosts.reached(), setup.after ? &*setup.after : nullptr);
  }
  named = inventory_of(intake.named_targets());
  return check_coverage(named, reached_by_name(named, hosts), nullptr);
}

void count_hosts(Summary& summary, const HostTable& hosts, const Coverage& coverage) {
  summary.hosts_expected = coverage.expected;
  summary.hosts_scanned = hosts.all().size();
  for (const HostRecord& host : hosts.all()) {
    if (!host.authenticated.value_or(false)) ++summary.hosts_unauthenticated;
  }
}

// Every team that somebody expects to see has a result, found or not.
void name_teams(Summary& summary, const Setup& setup) {
  for (const auto& [name, team] : setup.config.teams)
    summary.teams.try_emplace(name);
  for (const Target& target : setup.inventory.targets) {
    summary.teams.try_emplace(target.team.empty() ? std::string(unowned) : target.team);
  }
}

void write_junit(JunitDir& junit,
                 Intake& intake,
                 const HostTable& hosts,
                 const std::vector<ScanProblem>& problems) {
  std::map<std::string, std::uint64_t, std::less<>> hosts_of;
  for (const HostRecord& host : hosts.all())
    ++hosts_of[std::string(host.team())];
  junit.write("scan", scan_cases(problems), nullptr, hosts);  // first: the name is its own
  for (const auto& [team, ignored] : intake.summary().teams) {
    const auto book = intake.cases().find(team);
    junit.write(team,
                {team_scan_case(team, problems, hosts_of[team])},
                book == intake.cases().end() ? nullptr : &book->second,
                hosts);
  }
}

cli::Exit exit_of(const Summary& summary, const std::vector<ScanProblem>& problems) {
  if (!problems.empty()) return cli::Exit::input;
  switch (summary.verdict()) {
    case GateLevel::fail: return cli::Exit::gate_failed;
    case GateLevel::warn: return cli::Exit::gate_warned;
    case GateLevel::note:
    case GateLevel::none: break;
  }
  return cli::Exit::clean;
}

}  // namespace

void JunitFromVulns::declare(CLI::App& app) {
  const std::vector<std::string> thresholds{"critical", "high", "medium", "low", "info", "none"};
  const std::vector<std::string> severities{"critical", "high", "medium", "low", "info"};
  app.add_option("REPORT",
                 reports,
                 "Scan reports: .nessus version 2 or Nessus CSV, plain, gzip or zip, recognised by "
                 "content; - is standard input")
      ->type_name("")
      ->required();
  cli::add_text(app,
                "--junit-dir",
                junit_dir,
                "DIR",
                "Write TEST-patchbot-<team>.xml and TEST-patchbot-scan.xml into this directory; "
                "files of that pattern from an earlier run are removed");
  cli::add_text(app, "--findings", findings, "FILE|-", "Write every finding as a line of JSON");
  cli::add_text(app, "--summary", summary_file, "FILE|-", "Write counts and verdicts as JSON");
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
      "--min-severity",
      min_severity,
      severities,
      "Leave less severe findings out of --findings; the gate and the summary still count them");
  cli::add_choice(
      app,
      "--list-from",
      list_from,
      severities,
      "List findings from this severity as test cases, besides those that the gate acts on");
  cli::add_choice(
      app,
      "--severity-source",
      severity_source,
      {"severity", "risk_factor", "cvss3", "vpr"},
      "What decides how severe a finding is: the scanner's severity, its risk factor (CVSS v2), "
      "the CVSS v3 score or VPR; where a finding lacks it, the scanner's severity");
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
  cli::add_switch(app,
                  "--allow-unauthenticated",
                  allow_unauthenticated,
                  "Accept hosts that were scanned without credentials");
  cli::add_choice(app,
                  "--group-by",
                  group_by,
                  {"asset", "host"},
                  "One test case per asset, which survives the weekly replacement of its machines, "
                  "or per host");
  app.add_option(
         "--max-cases", max_cases, "Above this number of test cases of a team, one case per asset")
      ->type_name("N")
      ->envname(cli::environment_name("--max-cases"))
      ->check(CLI::Range(1U, 1000000U).description(""))
      ->capture_default_str();
  cli::add_text(app, "--config", config, "FILE", "patchbot.yaml: teams and gates");
  cli::add_text(app, "--waivers", waivers, "FILE", "waivers.yaml: accepted risks");
  cli::add_switch(
      app, "--redact-evidence", redact_evidence, "Leave out what the scanner saw on the machines");
}

cli::Exit JunitFromVulns::run(cli::World& world) const {
  JunitDir junit(junit_dir);
  Setup setup(*this, world.now);
  FindingLines lines(findings, world.out);
  const Wishes wishes{.report = {severity_source_of(severity_source)},
                      .min_severity = *parse_severity(min_severity),
                      .list_from = *parse_severity(list_from),
                      .evidence = redact_evidence ? Evidence::redact : Evidence::keep,
                      .max_cases = max_cases,
                      .cases = junit.wanted(),
                      .lines = lines.sink()};
  const Policies policies(setup.config, gate_flags(*this));
  HostTable hosts(setup.inventory, group_by == "host" ? GroupBy::host : GroupBy::asset);
  Intake intake(wishes, policies, setup.waivers, hosts);
  for (const std::string& report : reports)
    intake.read(report);
  lines.finish();

  Summary& result = intake.summary();
  Inventory named;
  const Coverage coverage = coverage_of(setup, named, intake, hosts);
  count_hosts(result, hosts, coverage);
  name_teams(result, setup);
  const auto problems = find_scan_problems(
      result, hosts, setup.inventory, coverage, intake.limits(), allow_unauthenticated);
  add_reasons(result, problems);

  if (junit.wanted()) write_junit(junit, intake, hosts, problems);
  if (summary_file == "-") world.out << to_summary_json(result);
  if (!summary_file.empty() && summary_file != "-")
    write_file(summary_file, to_summary_json(result));
  world.log.block(to_overview(result, intake.gated(), problems, world.colour));
  for (const std::string& remark : setup.waivers.remarks())
    world.log.warning(remark);
  return exit_of(result, problems);
}

}  // namespace patchbot
