// SPDX-License-Identifier: Apache-2.0
#include "base/parse_file.hpp"
#include "formats/inventory_json.hpp"
#include "listing.hpp"

namespace patchbot {

std::vector<std::string> list_from_file(const Ec2Targets& flags, TargetSheet& sheet, Time& as_of) {
  constexpr std::size_t max_bytes = std::size_t{2} * 1024 * 1024 * 1024;
  if (flags.file.empty()) {
    throw Error(Blame::usage, "--source file needs the file: ec2-targets --source file FILE");
  }
  Inventory inventory = parse_file(flags.file, max_bytes, parse_targets);
  as_of = inventory.generated_at.value_or(as_of);
  sheet.add(std::move(inventory.targets));
  if (inventory.partial && inventory.problems.empty()) {
    inventory.problems.emplace_back(clean_line(flags.file) + ": the list says that it is partial");
  }
  return inventory.partial ? inventory.problems : std::vector<std::string>();
}

}  // namespace patchbot
