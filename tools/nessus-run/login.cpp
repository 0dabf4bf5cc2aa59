// SPDX-License-Identifier: Apache-2.0
#include "login.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"

namespace patchbot {
namespace {

[[noreturn]] void fail(const std::string& why) { throw Error(Blame::usage, why); }

std::string read(const std::string& variable, const Environment& environment) {
  const std::string file = environment(variable + "_FILE");
  if (file.empty()) return environment(variable);
  constexpr std::size_t max_bytes = 4096;
  try {
    return parse_file(
        file, max_bytes, [](const std::string& text) { return std::string(trim(text)); });
  } catch (const Error& error) {
    fail(variable + "_FILE: " + error.what());
  }
}

// It goes into a header, or would end it.
Secret key(const std::string& variable, const Environment& environment) {
  const std::string text = read(variable, environment);
  const bool is_plain = std::all_of(
      text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && c != ';'; });
  if (!is_plain) fail(variable + " holds no key: there are blanks or control characters in it");
  return Secret(text);
}

}  // namespace

nessus::Login login_from(const Environment& environment) {
  nessus::Login login;
  login.access_key = key("PATCHBOT_NESSUS_ACCESS_KEY", environment);
  login.secret_key = key("PATCHBOT_NESSUS_SECRET_KEY", environment);
  if (login.access_key.empty() != login.secret_key.empty()) {
    fail("of PATCHBOT_NESSUS_ACCESS_KEY and PATCHBOT_NESSUS_SECRET_KEY only one is set");
  }
  if (login.has_keys()) return login;
  login.user = read("PATCHBOT_NESSUS_USER", environment);
  login.password = Secret(read("PATCHBOT_NESSUS_PASSWORD", environment));
  if (login.user.empty() || login.password.empty()) {
    fail(
        "nobody to log in: set PATCHBOT_NESSUS_ACCESS_KEY and PATCHBOT_NESSUS_SECRET_KEY, or "
        "PATCHBOT_NESSUS_USER and PATCHBOT_NESSUS_PASSWORD");
  }
  return login;
}

}  // namespace patchbot
