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
  // Whatever a document is called, its text is this one.
  const ReadNamed read = [](const std::string&) {
    return std::string(
        R"({"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":)"
        R"("CVE-2026-1"},"products":[{"@id":"pkg:deb/debian/a"}],"status":"fixed"}]})");
  };
  std::vector<Error> problems;
  parse_waivers(text_of(data, size), config, read, problems);
  WaiverFile file;
  const bool read_whole = parses([&] { file = parse_waivers(text_of(data, size), config, read); });
  require(read_whole == problems.empty(), "all problems are found, and only problems");
  if (!read_whole) return 0;
  std::set<std::string> ids;
  for (const Waiver& waiver : file.waivers) {
    require(ids.insert(waiver.id).second, "waiver ids are unique");
    require(!waiver.owner.empty() && !waiver.reason.empty(), "somebody gave a reason");
    const WaiverMatch& match = waiver.match;
    require(!match.id.empty() || !match.cve.empty() || !match.check.empty() ||
                !match.package.empty() || !match.purl.empty(),
            "a waiver names a risk");
    for (const std::string* text : {&waiver.id, &waiver.owner, &waiver.reason, &waiver.ticket})
      require_clean(*text, "a waiver's text");
    require(parse_date(to_date_text(waiver.expires)) == waiver.expires, "the expiry is a day");
    require(waiver.position.line >= 1, "a waiver has a place");
  }
  for (const VexWaiver& waiver : file.vex) {
    require(ids.insert(waiver.id).second, "ids are unique");
    require(!waiver.owner.empty() && !waiver.file.empty(), "somebody signs for a document");
    require_clean(waiver.reason + waiver.file, "a vex entry's text");
  }
  return 0;
}

}  // namespace patchbot::fuzz
