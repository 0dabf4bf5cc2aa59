// SPDX-License-Identifier: Apache-2.0
#include "setup.hpp"

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "base/byte_source.hpp"
#include "base/utf8.hpp"
#include "formats/config_yaml.hpp"
#include "formats/inventory_json.hpp"
#include "formats/waivers_yaml.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

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

Inventory load_targets(const std::string& path) {
  Inventory inventory = read_and_parse(path, max_inventory_bytes, parse_targets);
  if (inventory.targets.empty() && !inventory.partial) {
    throw Error(Blame::input,
                clean_line(path) + ": names no target; an empty list would accept every scan");
  }
  return inventory;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  if (a.empty() || b.empty() || a == "-" || b == "-") return false;
  if (!fs::is_regular_file(a, ignored) && fs::exists(a, ignored)) return false;
  return a == b || fs::equivalent(a, b, ignored);
}

// An output must not replace what the run reads or writes elsewhere.
void check_output(const std::string& output, const std::vector<std::string>& others) {
  for (const std::string& other : others) {
    if (!is_same_file(output, other)) continue;
    throw Error(Blame::usage, clean_line(output) + ": would overwrite another file of this run");
  }
}

void check_files(const JunitFromVulns& flags) {
  std::vector<std::string> inputs = flags.reports;
  inputs.insert(inputs.end(), {flags.config, flags.waivers, flags.targets, flags.targets_after});
  check_output(flags.findings, inputs);
  check_output(flags.summary_file, inputs);
  check_output(flags.findings, {flags.summary_file});
  for (std::size_t i = 0; i < flags.reports.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!is_same_file(flags.reports[i], flags.reports[j])) continue;
      throw Error(Blame::usage,
                  clean_line(flags.reports[i]) + ": is given twice, which would count it twice");
    }
  }
}

}  // namespace

Setup::Setup(const JunitFromVulns& flags, Time now) {
  if (flags.findings == "-" && flags.summary_file == "-") {
    throw Error(Blame::usage, "--findings and --summary cannot both go to standard output");
  }
  check_files(flags);
  if (!flags.targets_after.empty() && flags.targets.empty()) {
    throw Error(Blame::usage, "--targets-after needs --targets");
  }
  if (!flags.config.empty()) config = read_settings(flags.config, parse_config);
  if (!flags.waivers.empty()) {
    const auto parse = [this](const std::string& text) { return parse_waivers(text, config); };
    waivers = Waivers(read_settings(flags.waivers, parse), now);
  }
  if (!flags.targets.empty()) inventory = load_targets(flags.targets);
  if (flags.targets_after.empty()) return;
  after = load_targets(flags.targets_after);
  if (after->partial) {  // what it does not list may well exist: then nothing counts as gone
    inventory.partial = true;
    inventory.problems.emplace_back("the inventory after the scan is partial");
    after.reset();
  }
}

}  // namespace patchbot
