// SPDX-License-Identifier: Apache-2.0
#include "formats/target_list.hpp"

#include "bodies.hpp"
#include "support/property.hpp"
#include "support/targets.hpp"

namespace patchbot::fuzz {
namespace {

std::string to_list(const Inventory& inventory) {
  std::string text;
  for (const Target& target : inventory.targets) {
    text += target.addresses.front();
    if (!target.team.empty()) text += '\t' + target.team;
    text += '\n';
  }
  return text;
}

}  // namespace

int fuzz_target_list(const std::uint8_t* data, std::size_t size) {
  Inventory inventory;
  if (!parses([&] { inventory = parse_target_list(text_of(data, size)); })) return 0;
  require_sound(inventory);
  for (const Target& target : inventory.targets) {
    require(target.addresses.size() == 1, "a line is one target");
    require(target.is_range == is_range(target.addresses.front()), "a range is a range");
  }
  require(parse_target_list(to_list(inventory)) == inventory,
          "a list written again reads the same");
  return 0;
}

}  // namespace patchbot::fuzz
