// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "formats/feeds/ssvc.hpp"
#include "support/feed_property.hpp"

namespace patchbot::fuzz {

int fuzz_feed_ssvc_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    SsvcReader reader;
    reader.add(text);
    require_kept(reader.finish());
  });
  return 0;
}

}  // namespace patchbot::fuzz
