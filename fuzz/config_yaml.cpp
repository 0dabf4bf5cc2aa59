// SPDX-License-Identifier: Apache-2.0
#include "formats/config_yaml.hpp"

#include "bodies.hpp"
#include "rules/ownership.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

void check_owners(const Config& config) {
  Target target;
  target.tags = {{"team", "a"}};
  target.addresses = {"10.0.0.1"};
  const Ownership ownership(config);
  ownership.apply(target);
  require(!target.team.empty() && target.team != reserved_team, "a machine has a team");
  Target again = target;
  ownership.apply(again);
  require(again == target, "a second look changes nothing");
  for (const std::string* text : {&target.team, &target.service, &target.environment})
    require_clean(*text, "a machine's owner");
}

}  // namespace

int fuzz_config_yaml(const std::uint8_t* data, std::size_t size) {
  Config config;
  if (!parses([&] { config = parse_config(text_of(data, size)); })) return 0;
  for (const auto& [name, team] : config.teams) {
    require(!name.empty() && name != "scan", "a team has a name of its own");
    for (char c : name) {
      const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      require(word || c == '-' || c == '_', "a team's name is fit for a file name");
    }
    require_clean(team.description, "a description");
    require_clean(team.contact, "a contact");
  }
  check_owners(config);
  return 0;
}

}  // namespace patchbot::fuzz
