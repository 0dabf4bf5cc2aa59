// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "services/code_hosts/pull_request_host.hpp"

// Where things are below the address of a host's API.

namespace patchbot {

std::string repository_path(CodeHost kind, const std::string& project);

/// Of the bytes of a file.
std::string content_path(CodeHost kind, const std::string& project, const FileVersion& file);

/// Of what the host says of a file; empty where it says nothing, and without a project.
std::string facts_path(CodeHost kind, const std::string& project, const FileVersion& file);

/// Of a pull request, of GitLab a merge request.
std::string request_path(const PullRequestAddress& address);

}  // namespace patchbot
