// SPDX-License-Identifier: Apache-2.0
#include "scan_targets.hpp"

#include <unordered_set>

#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "formats/inventory_json.hpp"

namespace patchbot {

ScanTargets read_scan_targets(const std::string& file, Log& log) {
  ScanTargets targets;
  if (file.empty()) return targets;
  constexpr std::size_t max_bytes = std::size_t{2} * 1024 * 1024 * 1024;
  std::unordered_set<std::string> known;
  // One by one: what a machine is called is a small part of what an inventory knows of it.
  const auto take = [&](const Target& target) {
    if (!target.state.empty() && target.state != "running") return;
    const auto& addresses = target.addresses.empty() ? target.public_addresses : target.addresses;
    if (addresses.empty()) {
      ++targets.unreachable;
    } else if (known.insert(addresses.front()).second) {
      targets.names.push_back(addresses.front());
    }
  };
  const InventoryHead inventory =
      parse_file(file, max_bytes, [&](std::string_view text) { return read_targets(text, take); });
  targets.is_partial = inventory.partial;
  if (inventory.partial) log.warning(file + ": the list is partial: what it lacks is not scanned");
  if (targets.unreachable > 0) {
    log.warning(file + ": " + counted(targets.unreachable, "machine has", "machines have") +
                " no address: not scanned");
  }
  if (targets.names.empty()) {
    throw Error(Blame::input, file + ": names no machine that runs and has an address");
  }
  return targets;
}

}  // namespace patchbot
