// SPDX-License-Identifier: Apache-2.0
#include "vuln_waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/config_yaml.hpp"
#include "formats/finding_reader.hpp"
#include "formats/waivers_yaml.hpp"
#include "listing.hpp"
#include "model/inventory.hpp"

namespace patchbot {
namespace {

using Level = WaiverProblem::Level;

// A mistyped team would make an empty list, which looks as if nothing was accepted.
void check_team(const std::string& team, const Config& config) {
  if (team.empty() || config.teams.empty() || equals_nocase(team, unowned)) return;
  std::vector<std::string_view> known;
  for (const auto& [name, settings] : config.teams) {
    if (equals_nocase(team, name)) return;
    known.push_back(name);
  }
  const auto near = closest(team, known);
  throw Error(Blame::usage,
              "--team: '" + clean_line(team) + "' is no team of the configuration" +
                  (near ? "; did you mean " + std::string(*near) + "?" : ""));
}

void check_files(const VulnWaivers& flags) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (flags.output == "-" || !fs::is_regular_file(flags.output, ignored)) return;
  for (const std::string& input : {flags.waivers, flags.config, flags.findings}) {
    if (!fs::equivalent(flags.output, input, ignored)) continue;
    throw Error(Blame::usage,
                "--output: " + clean_line(flags.output) + " would overwrite what this run reads");
  }
}

// `check` wants all that is wrong with the file; the other commands end with the first of it.
WaiverFile read_waivers(const VulnWaivers& flags,
                        const Config& config,
                        std::vector<WaiverProblem>& problems) {
  const ReadNamed read = reader_beside(flags.waivers);
  if (flags.command != "check") {
    return parse_settings_file(
        flags.waivers, [&](const std::string& text) { return parse_waivers(text, config, read); });
  }
  std::vector<Error> errors;
  WaiverFile file = parse_settings_file(flags.waivers, [&](const std::string& text) {
    return parse_waivers(text, config, read, errors);
  });
  for (const Error& error : errors) {
    problems.push_back(
        {Level::error, "invalid", "", error.position().value_or(Position()), error.what()});
  }
  return file;
}

void count_findings(const std::string& path, Roster& roster) {
  if (path.empty()) return;
  roster.begin_counting();
  try {
    const auto source = open_file(path);
    FindingReader reader(*source);
    Finding finding;
    while (reader.next(finding)) roster.count(finding);
  } catch (const Error& error) {
    throw error.in(clean_line(path));
  }
}

void write(const std::string& text, const std::string& output, std::ostream& out) {
  if (output == "-") {
    out << text;
    return;
  }
  AtomicFile file(output);
  file.write(text);
  file.commit();
}

std::uint64_t count_at(const std::vector<WaiverProblem>& problems, Level level) {
  return static_cast<std::uint64_t>(
      std::count_if(problems.begin(), problems.end(), [level](const WaiverProblem& problem) {
        return problem.level == level;
      }));
}

cli::Exit exit_of(const std::vector<WaiverProblem>& problems) {
  if (count_at(problems, Level::error) > 0) return cli::Exit::usage;
  if (count_at(problems, Level::fail) > 0) return cli::Exit::gate_failed;
  return problems.empty() ? cli::Exit::clean : cli::Exit::gate_warned;
}

std::string number_of(std::uint64_t count, const std::string& one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string overview_of(const WaiverListing& listing) {
  std::string waivers = number_of(listing.rows.size(), "waiver");
  if (listing.command != "check") return waivers;
  return fmt::format("{}: {}, {}, {}",
                     waivers,
                     number_of(count_at(listing.problems, Level::error), "error"),
                     number_of(count_at(listing.problems, Level::fail), "failure"),
                     number_of(count_at(listing.problems, Level::warn), "warning"));
}

// What has ended is no longer about to end; it must not go unnoticed either.
void keep_ending(std::vector<RosterRow>& rows, Log& log) {
  using State = RosterRow::State;
  const auto expired = std::count_if(
      rows.begin(), rows.end(), [](const RosterRow& row) { return row.state == State::expired; });
  if (expired > 0) {
    log.warning(fmt::format(
        "{} expired already: see vuln-waivers check",
        expired == 1 ? std::string("1 waiver has") : fmt::format("{} waivers have", expired)));
  }
  std::erase_if(rows, [](const RosterRow& row) { return row.state != State::ends_soon; });
}

}  // namespace

cli::Exit VulnWaivers::run(cli::World& world) const {
  check_files(*this);
  const Config configuration =
      config.empty() ? Config() : parse_settings_file(config, parse_config);
  check_team(team, configuration);
  WaiverListing listing{command, waivers, world.now, {}, {}};
  const Date today = std::chrono::floor<std::chrono::days>(world.now);
  Roster roster(read_waivers(*this, configuration, listing.problems), today, within, team);
  count_findings(findings, roster);
  listing.rows = roster.rows();
  if (command == "check") {
    for (WaiverProblem& problem : check_policy(listing.rows, *this)) {
      listing.problems.push_back(std::move(problem));
    }
  } else if (command == "expiring") {
    keep_ending(listing.rows, world.log);
  }
  write(to_listing(listing, format), output, world.out);
  world.log.info(overview_of(listing));
  if (command == "check") return exit_of(listing.problems);
  const bool is_warning = command == "expiring" && !listing.rows.empty();
  return is_warning ? cli::Exit::gate_warned : cli::Exit::clean;
}

}  // namespace patchbot
