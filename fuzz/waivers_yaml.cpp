// SPDX-License-Identifier: Apache-2.0
#include "formats/waivers_yaml.hpp"

#include <set>

#include "bodies.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_waivers_yaml(const std::uint8_t* data, std::size_t size) {
  Config config;
  config.teams["checkout"];
  config.teams["search"];
  std::vector<Waiver> waivers;
  if (!parses([&] { waivers = parse_waivers(text_of(data, size), config); })) return 0;
  std::set<std::string> ids;
  for (const Waiver& waiver : waivers) {
    require(ids.insert(waiver.id).second, "waiver ids are unique");
    require(!waiver.owner.empty() && !waiver.reason.empty(), "somebody gave a reason");
    const WaiverMatch& match = waiver.match;
    require(
        !match.id.empty() || !match.cve.empty() || !match.check.empty() || !match.package.empty(),
        "a waiver names a risk");
    for (const std::string* text : {&waiver.id, &waiver.owner, &waiver.reason, &waiver.ticket})
      require_clean(*text, "a waiver's text");
    require(parse_date(to_date_text(waiver.expires)) == waiver.expires, "the expiry is a day");
    require(waiver.position.line >= 1, "a waiver has a place");
  }
  return 0;
}

}  // namespace patchbot::fuzz
