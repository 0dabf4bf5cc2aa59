// SPDX-License-Identifier: Apache-2.0
#include "formats/security_monkey_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include "formats/base_url.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {

SecurityMonkeySettings read_security_monkey(const YAML::Node& node) {
  SecurityMonkeySettings settings;
  const auto read_name = [](const YAML::Node& n) { return StrictYaml::line(n, "accounts"); };
  const auto read_accounts = [&](const YAML::Node& n) {
    settings.accounts = StrictYaml::texts(n, "accounts", read_name);
  };
  StrictYaml::mapping(node,
                      "security_monkey",
                      {{"url", [&](const YAML::Node& n) { settings.url = read_base_url(n); }, true},
                       {"accounts", read_accounts}});
  return settings;
}

}  // namespace patchbot
