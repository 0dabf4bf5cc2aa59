// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/code_hosts/code_host_url.hpp"

namespace patchbot {

/// Reads the address of a repository as browsers have it, with or without ".git" at its end. Throws
/// Error(usage) for what is none, and for a host that is neither public nor in `hosts`: tokens go
/// nowhere else.
RepositoryAddress parse_repository_url(std::string_view url,
                                       const std::vector<CodeHostSettings>& hosts);

/// The page of a file of a branch, for people.
std::string file_url(const RepositoryAddress& repository,
                     const std::string& branch,
                     const std::string& path);

}  // namespace patchbot
