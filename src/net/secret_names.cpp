// SPDX-License-Identifier: Apache-2.0
#include "net/secret_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace patchbot {
namespace {

// In lower case, without '_' and '-': the names under which the services that we ask, and those
// that are asked with the same kind of keys, carry secrets. What launch templates start machines
// with (user data) often has some, too.
constexpr std::array<std::string_view, 23> secret_names{
    "accesskeyid",  "secretaccesskey", "sessiontoken",      "webidentitytoken", "token",
    "accesstoken",  "refreshtoken",    "secretstring",      "secretbinary",     "password",
    "csrftoken",    "apikey",          "apitoken",          "secretkey",        "accesskey",
    "clientsecret", "authtoken",       "xamzsecuritytoken", "xamzsignature",    "privatetoken",
    "runnerstoken", "jobtoken",        "userdata"};

}  // namespace

bool is_secret_name(std::string_view name) {
  constexpr std::size_t longest = 40;  // written with as many '_' as one likes
  if (name.size() > longest) return false;
  std::string plain;
  for (const char c : to_lower(name)) {
    if (c != '_' && c != '-') plain += c;
  }
  return std::find(secret_names.begin(), secret_names.end(), plain) != secret_names.end();
}

}  // namespace patchbot
