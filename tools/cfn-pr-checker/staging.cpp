// SPDX-License-Identifier: Apache-2.0
#include "staging.hpp"

#include "base/parse_file.hpp"
#include "formats/inventory_json.hpp"
#include "rules/ownership.hpp"

namespace patchbot {

StagingServers read_staging(const std::string& file, const Config& settings) {
  constexpr std::size_t max_bytes = std::size_t{2} * 1024 * 1024 * 1024;
  const Ownership ownership(settings);
  StagingServers servers;
  servers.head = parse_file(file, max_bytes, [&](std::string_view text) {
    return parse_inventory(text, [&](Target&& target) {
      ownership.apply(target);
      servers.add(target);
    });
  });
  return servers;
}

}  // namespace patchbot
