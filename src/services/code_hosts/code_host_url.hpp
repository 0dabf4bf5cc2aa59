// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/pull_request_settings.hpp"

// What the URLs of code hosts have in common. Tokens go to the public hosts and to configured ones,
// and nowhere else.

namespace patchbot {

/// Where a repository is, and where its host answers questions about it.
struct RepositoryAddress {
  CodeHost kind;
  std::string web;      ///< of the host: "https://git.acme.example/bitbucket"
  std::string api;      ///< "https://api.github.com", "https://git.acme.example/api/v4"
  std::string project;  ///< "owner/name", "group/subgroup/name"; of Data Center "KEY/slug"
  bool operator==(const RepositoryAddress&) const = default;
};

/// A host that a URL may be on, with the rest of the URL.
struct UrlOnHost {
  RepositoryAddress host;             ///< without project
  std::string base;                   ///< as it is configured
  std::vector<std::string> segments;  ///< of the path below it
};

/// A URL that names something on a code host, and the words for messages about it.
struct CodeHostUrl {
  std::string_view url;
  std::string_view what;     ///< "the pull request's URL"
  std::string_view example;  ///< of such a URL

  [[noreturn]] void fail(const std::string& why) const;
};

/// The hosts that it may be on, at least one. Throws Error(usage) for what is no URL, has a user or
/// a password, or is on a host that is neither public nor in `hosts`.
std::vector<UrlOnHost> hosts_of(const CodeHostUrl& url, const std::vector<CodeHostSettings>& hosts);

/// Names of owners, projects or repositories with slashes between; empty if one of the segments is
/// none. What is let through cannot change the meaning of an address that is built from it.
std::string joined_names(const std::vector<std::string>& segments,
                         std::size_t begin,
                         std::size_t end);

/// Of Data Center's ".../projects/KEY/repos/slug": "KEY/slug". Empty if the path is none.
std::string data_center_project(const std::vector<std::string>& segments);

std::string_view name_of(CodeHost kind);  ///< for people: "GitHub"

/// The variable with the token: "PATCHBOT_GITHUB_TOKEN".
std::string token_variable(CodeHost kind);

}  // namespace patchbot
