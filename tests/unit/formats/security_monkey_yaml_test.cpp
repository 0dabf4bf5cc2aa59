// SPDX-License-Identifier: Apache-2.0
#include "formats/security_monkey_yaml.hpp"

#include <gtest/gtest.h>

#include "formats/config_yaml.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

Config read(const std::string& section) {
  return parse_config("schema: patchbot.config/1\nsecurity_monkey: " + section);
}

std::string refusal(const std::string& section) {
  return fault_of([&] { read(section); });
}

TEST(SecurityMonkeyYaml, ReadsEveryKey) {
  EXPECT_EQ(read("{url: 'https://monkey.example:8443/base//', accounts: [prod, staging]}")
                .security_monkey,
            (SecurityMonkeySettings{"https://monkey.example:8443/base", {"prod", "staging"}}));
  EXPECT_EQ(read("{url: 'http://[::1]:5000', accounts: prod}").security_monkey,
            (SecurityMonkeySettings{"http://[::1]:5000", {"prod"}}));
}

TEST(SecurityMonkeyYaml, NeedsAnAddressThatHoldsNoPassword) {
  EXPECT_EQ(refusal("{}"), "usage 2:18: security_monkey needs the key 'url'");
  const std::vector<std::pair<std::string, std::string>> shown{
      {"monkey.example", "monkey.example"},
      {"ftp://monkey.example", "ftp://monkey.example"},
      {"https://", "https://"},
      {"https:///x", "https:///x"},
      {"https://me:pw@monkey.example", "https://...@monkey.example"},
      {"https://monkey.example?x=1", "https://monkey.example?..."},
      {"https://monkey.example/#x", "https://monkey.example/#..."},
      {"https://monkey example", "https://monkey example"}};
  for (const auto& [url, told] : shown) {
    EXPECT_EQ(refusal("{url: '" + url + "'}"),
              "usage 2:24: url: '" + told +
                  "' is none; expected https://host, without user, query or fragment")
        << url;
  }
}

TEST(SecurityMonkeyYaml, RefusesUnknownKeys) {
  EXPECT_EQ(refusal("{url: 'https://monkey.example', account: prod}"),
            "usage 2:50: unknown key 'account' in security_monkey; did you mean 'accounts'?");
  EXPECT_EQ(refusal("{url: 'https://monkey.example', accounts: []}"),
            "usage 2:60: accounts must not be an empty list");
}

}  // namespace
}  // namespace patchbot
