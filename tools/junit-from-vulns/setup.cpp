// SPDX-License-Identifier: Apache-2.0
#include "setup.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/baseline_json.hpp"
#include "formats/config_yaml.hpp"
#include "formats/inventory_json.hpp"
#include "formats/waivers_yaml.hpp"
#include "newly_exploited.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_inventory_bytes = std::size_t{2} * 1024 * 1024 * 1024;

constexpr std::size_t max_baseline_bytes = std::size_t{1024} * 1024 * 1024;

Inventory load_targets(const std::string& path) {
  Inventory inventory = parse_file(path, max_inventory_bytes, parse_targets);
  if (inventory.targets.empty() && !inventory.partial) {
    throw Error(Blame::input,
                clean_line(path) + ": names no target; an empty list would accept every scan");
  }
  return inventory;
}

// What makes two names the same file; none for what is not a regular file yet.
using FileIdentity = std::pair<dev_t, ino_t>;

std::optional<FileIdentity> identity_of_file(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return FileIdentity{status.st_dev, status.st_ino};
}

std::vector<std::pair<std::string_view, std::string>> outputs_of(const JunitFromVulns& flags) {
  std::vector<std::pair<std::string_view, std::string>> outputs{{"--findings", flags.findings},
                                                                {"--summary", flags.summary_file},
                                                                {"--sarif", flags.sarif},
                                                                {"--issues", flags.issues},
                                                                {"--ocsf", flags.ocsf},
                                                                {"--csv", flags.csv}};
  // The next baseline may take the place of the one before, and of nothing else.
  if (flags.write_baseline != flags.baseline) {
    outputs.emplace_back("--write-baseline", flags.write_baseline);
  }
  return outputs;
}

// An output must not replace what the run reads, and a report that is given twice would count
// twice.
std::set<FileIdentity> inputs_of(const JunitFromVulns& flags) {
  std::set<FileIdentity> inputs;
  for (const std::string& report : flags.reports) {
    const auto identity = identity_of_file(report);
    if (identity && !inputs.insert(*identity).second) {
      throw Error(Blame::usage,
                  clean_line(report) + ": is given twice, which would count it twice");
    }
  }
  for (const std::string& file :
       {flags.config, flags.waivers, flags.baseline, flags.targets, flags.targets_after}) {
    if (const auto identity = identity_of_file(file)) inputs.insert(*identity);
  }
  for (const FeedKind kind : feed_kinds) {
    if (flags.feeds.empty()) break;
    const auto identity = identity_of_file(flags.feeds + "/" + feed_file_name(kind));
    if (identity) inputs.insert(*identity);
  }
  return inputs;
}

void check_files(const JunitFromVulns& flags) {
  std::set<FileIdentity> inputs = inputs_of(flags);
  std::set<std::string> taken;
  for (const auto& [flag, output] : outputs_of(flags)) {
    const auto identity = identity_of_file(output);
    const bool same = !output.empty() && output != "-" && !taken.insert(output).second;
    if (same || (identity && !inputs.insert(*identity).second)) {
      throw Error(Blame::usage, clean_line(output) + ": would overwrite another file of this run");
    }
  }
}

void check_standard_output(const JunitFromVulns& flags) {
  std::string_view taken;
  for (const auto& [flag, output] : outputs_of(flags)) {
    if (output != "-") continue;
    if (flags.explain) {
      throw Error(Blame::usage, "--explain prints to standard output, so no other output may");
    }
    if (!taken.empty()) {
      throw Error(Blame::usage,
                  fmt::format("{} and {} cannot both go to standard output", taken, flag));
    }
    taken = flag;
  }
}

// In a list of last week this week's machines are not yet there, and would count as gone.
void check_order(const JunitFromVulns& flags, const Inventory& before, const Inventory& after) {
  if (!before.generated_at || !after.generated_at) return;
  if (*after.generated_at >= *before.generated_at) return;
  throw Error(Blame::input,
              clean_line(flags.targets_after) + ": was made at " + to_rfc3339(*after.generated_at) +
                  ", before " + clean_line(flags.targets) + " (" +
                  to_rfc3339(*before.generated_at) + "); list the machines again after the scan");
}

}  // namespace

Setup::Setup(const JunitFromVulns& flags, Time now) {
  if (flags.reports.empty() && !flags.check_config) {
    throw Error(Blame::usage, "REPORT is required: name at least one report of a scanner");
  }
  if (flags.check_config && flags.config.empty() && flags.waivers.empty() &&
      flags.baseline.empty()) {
    throw Error(Blame::usage, "--check-config needs --config, --waivers or --baseline to check");
  }
  if (flags.write_baseline == "-") {
    throw Error(Blame::usage, "--write-baseline needs the name of a file");
  }
  check_standard_output(flags);
  check_files(flags);
  if (!flags.targets_after.empty() && flags.targets.empty()) {
    throw Error(Blame::usage, "--targets-after needs --targets");
  }
  if (!flags.config.empty()) config = parse_settings_file(flags.config, parse_config);
  if (!flags.waivers.empty()) {
    const auto parse = [&](const std::string& text) {
      return parse_waivers(text, config, reader_beside(flags.waivers));
    };
    waivers = Waivers(parse_settings_file(flags.waivers, parse), now);
  }
  if (!flags.baseline.empty()) {
    baseline = parse_file(flags.baseline, max_baseline_bytes, parse_baseline);
  }
  if (!flags.feeds.empty()) {
    read_cached_feeds(flags.feeds, feeds);
    feed_remarks_ = age_remarks(feeds, now);
  }
  if (!flags.last_run.empty()) last_run = NewlyExploited::parse_last_run(flags.last_run);
  if (!flags.targets.empty()) inventory = load_targets(flags.targets);
  if (flags.targets_after.empty()) return;
  after = load_targets(flags.targets_after);
  check_order(flags, inventory, *after);
  if (after->partial) {  // what it does not list may well exist: then nothing counts as gone
    inventory.partial = true;
    inventory.problems.emplace_back("the inventory after the scan is partial");
    for (const std::string& problem : after->problems) inventory.problems.push_back(problem);
    after.reset();
  }
}

std::vector<std::string> Setup::remarks() const {
  std::vector<std::string> lines = waivers.remarks();
  lines.insert(lines.end(), feed_remarks_.begin(), feed_remarks_.end());
  if (config.teams.empty()) return lines;
  std::set<std::string> strangers;
  for (const Target& target : inventory.targets) {
    if (!target.team.empty() && !config.teams.contains(target.team)) strangers.insert(target.team);
  }
  std::vector<std::string_view> known;
  for (const auto& [name, team] : config.teams) known.push_back(name);
  for (const std::string& stranger : strangers) {
    const auto near = closest(stranger, known);
    lines.push_back(
        "team " + stranger +
        " is in the inventory but not in the configuration, so the common gate applies" +
        (near ? "; did you mean " + std::string(*near) + "?" : ""));
  }
  return lines;
}

}  // namespace patchbot
