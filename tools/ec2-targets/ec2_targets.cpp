// SPDX-License-Identifier: Apache-2.0
#include "ec2_targets.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "check.hpp"
#include "formats/config_yaml.hpp"
#include "listing.hpp"
#include "overview.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_problems_shown = 20;

std::vector<std::string> list(const Ec2Targets& flags,
                              const Config& config,
                              cli::World& world,
                              TargetSheet& sheet,
                              Time& as_of) {
  if (flags.source == "file") return list_from_file(flags, sheet, as_of);
  std::vector<std::string> problems = flags.source == "ec2"
                                          ? list_from_ec2(flags, config, world, sheet)
                                          : list_from_security_monkey(flags, config, world, sheet);
  as_of = world.now;  // a replay has set it
  return problems;
}

void write_list(const Ec2Targets& flags,
                const InventoryHead& head,
                TargetSheet& sheet,
                std::ostream& out) {
  if (flags.output == "-") {
    sheet.write(head, [&out](std::string_view text) { out << text; });
    return;
  }
  AtomicFile file(flags.output);
  sheet.write(head, [&file](std::string_view text) { file.write(text); });
  file.commit();
}

void tell(const Ec2Targets& flags,
          TargetSheet& sheet,
          const std::vector<std::string>& problems,
          Log& log) {
  log.block(to_overview(sheet.counts(), flags.with_coverage));
  for (const std::string& line : remarks(sheet.counts(), sheet.shared_addresses())) {
    log.warning(line);
  }
  if (sheet.counts().machines == 0) log.warning("no machine matches: a scan would find nothing");
  for (std::size_t i = 0; i < std::min(problems.size(), max_problems_shown); ++i) {
    log.error(problems[i]);
  }
  if (problems.size() > max_problems_shown) {
    log.error("and " + std::to_string(problems.size() - max_problems_shown) +
              " more problems; the JSON form has all of them");
  }
  if (!problems.empty()) log.error("the list is partial: machines may exist that it lacks");
}

// A mistyped team would make an empty list, and an empty list a scan of nothing.
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

// A list may go where it came from only by way of another file: what a filter leaves out is lost.
void check_files(const Ec2Targets& flags) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (flags.output == "-" || !fs::is_regular_file(flags.output, ignored)) return;
  for (const std::string& input : {flags.config, flags.file, flags.net.ca_file}) {
    if (!fs::equivalent(flags.output, input, ignored)) continue;
    throw Error(Blame::usage,
                "--output: " + clean_line(flags.output) + " would overwrite what this run reads");
  }
}

void check_flags(const Ec2Targets& flags) {
  if (!flags.file.empty() && flags.source != "file") {
    throw Error(Blame::usage, "FILE is read with --source file only");
  }
  if (flags.with_coverage && flags.source != "ec2") {
    throw Error(Blame::usage, "--with-coverage needs --source ec2: only AWS knows");
  }
}

}  // namespace

cli::Exit Ec2Targets::run(cli::World& world) const {
  check_flags(*this);
  check_files(*this);
  const Config configuration =
      config.empty() ? Config() : parse_settings_file(config, parse_config);
  check_team(team, configuration);
  if (check) return check_access(*this, configuration, world);
  TargetSheet sheet(*this, configuration);
  Time as_of = world.now;
  const std::vector<std::string> problems = list(*this, configuration, world, sheet, as_of);
  const InventoryHead head{as_of, source, !problems.empty(), problems};
  write_list(*this, head, sheet, world.out);
  tell(*this, sheet, problems, world.log);
  if (!problems.empty() && !allow_partial) {
    return source == "file" ? cli::Exit::input : cli::Exit::remote;
  }
  // Nothing to scan is rarely what was meant: a wrong region, role or filter looks just like it.
  return sheet.counts().machines == 0 ? cli::Exit::gate_warned : cli::Exit::clean;
}

}  // namespace patchbot
