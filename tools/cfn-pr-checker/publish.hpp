// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cfn_pr_checker.hpp"
#include "services/code_hosts/pull_request_host.hpp"

namespace patchbot {

/// Success unless something fails, was not read, or AWS did not say what an AMI is.
CommitStatus status_of(const PullRequest& request);

/// Sends what --comment and --status ask for, or says what it would be (--dry-run). What fails is
/// logged, and nothing keeps the other from being tried.
cli::Exit publish(const HostFlags& flags,
                  const PullRequest& request,
                  PullRequestHost& host,
                  cli::World& world);

/// With --status: the commit must not look checked when it was not. Failing to say so is logged.
void publish_failure(const HostFlags& flags, PullRequestHost& host, cli::World& world);

}  // namespace patchbot
