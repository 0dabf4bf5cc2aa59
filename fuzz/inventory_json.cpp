// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_json.hpp"

#include "bodies.hpp"
#include "formats/inventory_csv.hpp"
#include "formats/inventory_writer.hpp"
#include "support/property.hpp"
#include "support/targets.hpp"

namespace patchbot::fuzz {

int fuzz_inventory_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    const Inventory inventory = parse_inventory(text);
    require_sound(inventory);
    require(parse_inventory(to_json(inventory)) == inventory, "what is written is read back");
    for (const Target& target : inventory.targets) {
      require(to_csv(target).ends_with('\n'), "a target has a row");
    }
  });
  parses([&] { require_sound(parse_targets(text)); });
  return 0;
}

}  // namespace patchbot::fuzz
