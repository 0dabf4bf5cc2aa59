// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_json.hpp"

#include "bodies.hpp"
#include "support/property.hpp"
#include "support/targets.hpp"

namespace patchbot::fuzz {

int fuzz_inventory_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] { require_sound(parse_inventory(text)); });
  parses([&] { require_sound(parse_targets(text)); });
  return 0;
}

}  // namespace patchbot::fuzz
