// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "formats/feeds/kev.hpp"
#include "support/feed_property.hpp"

namespace patchbot::fuzz {

int fuzz_feed_kev_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] { require_kept(parse_kev(text)); });
  return 0;
}

}  // namespace patchbot::fuzz
