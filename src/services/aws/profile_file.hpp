// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace patchbot::aws {

using ProfileValues = std::map<std::string, std::string>;

/// One [section] of ~/.aws/config or ~/.aws/credentials. Keys are in lower case.
struct ProfileSection {
  ProfileValues values;
  std::map<std::string, ProfileValues> nested;  ///< of keys with an indented block: [services x]
  std::uint64_t line = 0;
  bool operator==(const ProfileSection&) const = default;
};

/// By name as written, with single blanks and without quotes: "default", "profile audit",
/// "sso-session main".
using ProfileSections = std::map<std::string, ProfileSection>;

/// Reads a file as botocore does: a value goes on in lines that are indented deeper, '#' and ';'
/// comment out whole lines only, a key or section that comes twice is an error. Throws
/// Error(usage) with the line, which never quotes it: it may hold a secret.
ProfileSections parse_profiles(std::string_view text);

}  // namespace patchbot::aws
