// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/code_hosts/pull_request_host.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Both versions of what changes, by the name that a file will have; of what goes, by the one it
/// had.
struct HostVersions {
  TemplateFiles base;
  TemplateFiles head;
};

/// Reads the changed files that may be templates, several at once. Throws Error(remote) where one
/// cannot be had, or the list of them is incomplete, and Error(input) for more than 20,000 files or
/// 2,000,000 values.
HostVersions fetch_versions(PullRequestHost& host);

}  // namespace patchbot
