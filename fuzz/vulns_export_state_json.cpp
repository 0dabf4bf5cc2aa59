// SPDX-License-Identifier: Apache-2.0
#include "formats/vulns_export_state_json.hpp"

#include "bodies.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_vulns_export_state_json(const std::uint8_t* data, std::size_t size) {
  parses([&] {
    const VulnsExportState state = parse_vulns_export_state(text_of(data, size));
    require(parse_vulns_export_state(to_json(state)) == state, "what is written is read back");
    for (const std::string* text : {&state.url, &state.uuid}) {
      require_clean(*text, "a text of a state");
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
