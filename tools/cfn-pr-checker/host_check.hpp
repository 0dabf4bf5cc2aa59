// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "cli/exit.hpp"
#include "services/code_hosts/pull_request_host.hpp"

namespace patchbot {

/// --check: tries by reading only, and writes a line per attempt.
cli::Exit check_host(PullRequestHost& host, const PullRequestAddress& address, std::ostream& out);

}  // namespace patchbot
