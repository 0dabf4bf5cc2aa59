// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/pull_request_settings.hpp"

namespace patchbot {

/// Where a pull request is, and where its host answers questions about it.
struct PullRequestAddress {
  CodeHost kind;
  std::string web;      ///< of the host: "https://git.acme.example/bitbucket"
  std::string api;      ///< "https://api.github.com", "https://git.acme.example/api/v4"
  std::string project;  ///< "owner/name", "group/subgroup/name"; of Data Center "KEY/slug"
  std::string number;   ///< digits
  bool operator==(const PullRequestAddress&) const = default;

  std::string url() const;  ///< of the page for people
};

/// Reads the address of a pull request as browsers and CHANGE_URL have it: whatever page of it,
/// with a context path where the host is configured with one. Throws Error(usage) for what is none,
/// and for a host that is neither public nor in `hosts`: tokens go nowhere else.
PullRequestAddress parse_pull_request_url(std::string_view url,
                                          const std::vector<CodeHostSettings>& hosts);

std::string_view name_of(CodeHost kind);  ///< for people: "GitHub"

/// The variable with the token: "PATCHBOT_GITHUB_TOKEN".
std::string token_variable(CodeHost kind);

}  // namespace patchbot
