// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_state_json.hpp"

#include "bodies.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_scan_state_json(const std::uint8_t* data, std::size_t size) {
  parses([&] {
    const ScanState state = parse_scan_state(text_of(data, size));
    require(parse_scan_state(to_json(state)) == state, "what is written is read back");
    for (const std::string* text : {&state.url, &state.name, &state.scan, &state.run_id}) {
      require_clean(*text, "a text of a state");
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
