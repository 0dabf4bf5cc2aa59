// SPDX-License-Identifier: Apache-2.0
#include "junit_from_vulns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/atomic_file.hpp"
#include "explain.hpp"
#include "finding_lines.hpp"
#include "formats/baseline_json.hpp"
#include "formats/config_yaml.hpp"
#include "formats/summary_json.hpp"
#include "formats/target_list.hpp"
#include "intake.hpp"
#include "junit_dir.hpp"
#include "outputs.hpp"
#include "overview.hpp"
#include "rules/coverage.hpp"
#include "rules/ownership.hpp"
#include "scan_cases.hpp"
#include "setup.hpp"

namespace patchbot {
namespace {

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
      for (Target& target : parse_target_list(text).targets) inventory.targets.push_back(target);
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
  summary.hosts_gone = coverage.gone.size();
  summary.hosts_scanned = hosts.all().size();
  for (const HostRecord& host : hosts.all()) {
    if (!host.authenticated.value_or(false)) ++summary.hosts_unauthenticated;
  }
}

// Every team that somebody expects to see has a result, found or not.
void name_teams(Summary& summary, const Setup& setup) {
  for (const auto& [name, team] : setup.config.teams) summary.teams.try_emplace(name);
  for (const Target& target : setup.inventory.targets) {
    summary.teams.try_emplace(target.team.empty() ? std::string(unowned) : target.team);
  }
}

void write_junit(JunitDir& junit,
                 Intake& intake,
                 const HostTable& hosts,
                 const std::vector<ScanProblem>& problems,
                 const ScanQuestions& asked) {
  std::map<std::string, std::uint64_t, std::less<>> hosts_of;
  for (const HostRecord& host : hosts.all()) ++hosts_of[std::string(host.team())];
  junit.write(
      "scan", scan_cases(problems, asked), nullptr, hosts);  // first: a team may be called so too
  for (const auto& [team, ignored] : intake.summary().teams) {
    const auto book = intake.cases().find(team);
    junit.write(team,
                {team_scan_case(team, problems, hosts_of[team])},
                book == intake.cases().end() ? nullptr : &book->second,
                hosts);
  }
}

std::function<void(const Finding&)> taker_of(FindingLines& lines, Outputs& outputs) {
  if (!lines.wanted() && !outputs.wanted()) return {};
  return [&lines, &outputs](const Finding& finding) {
    if (lines.wanted()) lines.add(finding);
    outputs.add(finding);
  };
}

std::vector<std::string> texts_of(const std::vector<ScanProblem>& problems) {
  std::vector<std::string> texts;
  texts.reserve(problems.size());
  for (const ScanProblem& problem : problems) texts.push_back(problem.text);
  return texts;
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

// What is for people and not for programs.
void tell_people(cli::World& world,
                 Intake& intake,
                 const std::vector<ScanProblem>& problems,
                 const WriterNotes& notes,
                 const std::vector<std::string>& remarks) {
  if (world.log.level() == Log::Level::quiet) {
    for (std::size_t i = 0; i < problems.size() && i < 10; ++i) world.log.error(problems[i].text);
  }
  world.log.block(to_overview(intake.summary(), intake.gated(), problems, world.colour));
  for (const std::string& remark : intake.remarks()) world.log.warning(remark);
  for (const std::string& remark : notes.remarks) world.log.info(remark);
  for (const std::string& loss : notes.losses) world.log.warning(loss);
  for (const std::string& remark : remarks) world.log.warning(remark);
}

void write_summary(const std::string& path, const Summary& summary, std::ostream& out) {
  if (path == "-") out << to_summary_json(summary);
  if (!path.empty() && path != "-") write_file(path, to_summary_json(summary));
}

cli::Exit say_sound(const Setup& setup, cli::World& world) {
  for (const std::string& remark : setup.remarks()) world.log.warning(remark);
  world.log.info("the configuration is sound");
  return cli::Exit::clean;
}

}  // namespace

cli::Exit JunitFromVulns::run(cli::World& world) const {
  JunitDir junit(junit_dir);
  Setup setup(*this, world.now);
  const Evidence evidence = redact_evidence ? Evidence::redact : Evidence::keep;
  FindingLines lines(findings, evidence, world.out);
  if (check_config) return say_sound(setup, world);
  Outputs outputs(*this, evidence, world);
  Explanation explanation(explain.value_or(""));
  const auto tell = [&explanation](const auto&... decision) { explanation.add(decision...); };
  Wishes wishes{.report = {severity_source_of(severity_source)},
                .min_severity = *parse_severity(min_severity),
                .list_from = *parse_severity(list_from),
                .evidence = evidence,
                .max_cases = max_cases,
                .cases = junit.wanted(),
                .feeds = feeds.empty() ? nullptr : &setup.feeds,
                .take = taker_of(lines, outputs)};
  wishes.now = world.now;
  if (explain) wishes.explain = tell;
  std::optional<NewlyExploited> newly_exploited;
  if (setup.last_run) {
    wishes.newly_exploited = &newly_exploited.emplace(*setup.last_run, wishes.feeds);
  }
  const Policies policies(setup.config, gate_flags(*this));
  const Ownership ownership(setup.config);
  HostTable hosts(setup.inventory, group_by == "host" ? GroupBy::host : GroupBy::asset, &ownership);
  const bool keeps_baseline = setup.baseline || !write_baseline.empty();
  BaselineKeeper keeper(setup.baseline, std::chrono::floor<std::chrono::days>(world.now));
  Intake intake(
      wishes, policies, setup.waivers, hosts, ownership, keeps_baseline ? &keeper : nullptr);
  for (const std::string& report : reports) intake.read(report);
  lines.finish();

  Summary& result = intake.summary();
  Inventory named;
  const Coverage coverage = coverage_of(setup, named, intake, hosts);
  if (newly_exploited) result.newly_exploited = newly_exploited->result();
  count_hosts(result, hosts, coverage);
  name_teams(result, setup);
  const ScanQuestions asked{allow_unauthenticated, max_scan_age, world.now};
  const auto problems =
      find_scan_problems(result, hosts, setup.inventory, coverage, intake.limits(), asked);
  add_reasons(result, problems);

  if (junit.wanted()) write_junit(junit, intake, hosts, problems, asked);
  const WriterNotes notes = outputs.finish(texts_of(problems));
  write_summary(summary_file, result, world.out);
  if (!write_baseline.empty()) {
    write_file(write_baseline, to_baseline(keeper.next(problems.empty())));
  }
  if (explain) world.out << explanation.text();
  tell_people(world, intake, problems, notes, setup.remarks());
  return exit_of(result, problems);
}

}  // namespace patchbot
