// SPDX-License-Identifier: Apache-2.0
#include "scan_targets.hpp"

#include <unordered_set>

#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "formats/inventory_json.hpp"

namespace patchbot {

std::vector<std::string> read_scan_targets(const std::string& file, Log& log) {
  std::vector<std::string> targets;
  if (file.empty()) return targets;
  constexpr std::size_t max_bytes = std::size_t{2} * 1024 * 1024 * 1024;
  const Inventory inventory = parse_file(file, max_bytes, parse_targets);
  std::unordered_set<std::string> known;
  std::size_t unreachable = 0;
  for (const Target& target : inventory.targets) {
    if (!target.state.empty() && target.state != "running") continue;
    const auto& addresses = target.addresses.empty() ? target.public_addresses : target.addresses;
    if (addresses.empty()) {
      ++unreachable;
    } else if (known.insert(addresses.front()).second) {
      targets.push_back(addresses.front());
    }
  }
  if (inventory.partial) log.warning(file + ": the list is partial: what it lacks is not scanned");
  if (unreachable > 0) {
    log.warning(file + ": " + counted(unreachable, "machine has", "machines have") +
                " no address: not scanned");
  }
  if (targets.empty()) {
    throw Error(Blame::input, file + ": names no machine that runs and has an address");
  }
  return targets;
}

}  // namespace patchbot
