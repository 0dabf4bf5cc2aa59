// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/code_hosts/code_host_url.hpp"

namespace patchbot {

/// Where a pull request is, and where its host answers questions about it.
struct PullRequestAddress : RepositoryAddress {
  std::string number;  ///< digits
  bool operator==(const PullRequestAddress&) const = default;

  std::string url() const;  ///< of the page for people
};

/// Reads the address of a pull request as browsers and CHANGE_URL have it: whatever page of it,
/// with a context path where the host is configured with one. Throws Error(usage) for what is none,
/// and for a host that is neither public nor in `hosts`: tokens go nowhere else.
PullRequestAddress parse_pull_request_url(std::string_view url,
                                          const std::vector<CodeHostSettings>& hosts);

}  // namespace patchbot
