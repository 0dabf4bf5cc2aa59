// SPDX-License-Identifier: Apache-2.0
#include "support/targets.hpp"

#include "support/property.hpp"

namespace patchbot::fuzz {

void require_sound(const Inventory& inventory) {
  for (const Target& target : inventory.targets) {
    require(!display_name(target).empty(), "a target can be named");
    require(!asset_id(target).empty(), "a target has an asset id");
    require_clean(display_name(target), "a target's name");
    require_clean(asset_id(target), "an asset id");
    for (const std::string& address : target.addresses) require_clean(address, "an address");
    for (const std::string* text : {&target.team, &target.service, &target.environment})
      require_clean(*text, "a target's label");
    for (const auto& [key, value] : target.tags) {
      require_clean(key, "a tag's key");
      require_clean(value, "a tag's value");
    }
  }
  for (const std::string& problem : inventory.problems) require_clean(problem, "a problem");
}

}  // namespace patchbot::fuzz
