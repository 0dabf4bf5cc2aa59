// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/code_hosts/pull_request_host.hpp"
#include "versions.hpp"

namespace patchbot {

/// Reads the changed files that may be templates, several at once, and patchbot.yaml of the branch
/// that the pull request is for. A renamed file has the name that it will have. Throws
/// Error(remote) where one cannot be had, or the list of them is incomplete, and Error(input) for
/// more than 20,000 files or 2,000,000 values. The past of the branch is known where the current
/// folder is a clone that has its commits.
Versions fetch_versions(PullRequestHost& host, KeepBytes keep);

}  // namespace patchbot
