// SPDX-License-Identifier: Apache-2.0
#include "setup.hpp"

#include <string>

#include "base/byte_source.hpp"
#include "base/utf8.hpp"
#include "formats/config_yaml.hpp"
#include "formats/inventory_json.hpp"
#include "formats/waivers_yaml.hpp"

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

Inventory load_targets(const std::string& path) {
  return read_and_parse(path, max_inventory_bytes, parse_targets);
}

}  // namespace

Setup::Setup(const JunitFromVulns& flags, Time now) {
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

}  // namespace patchbot
