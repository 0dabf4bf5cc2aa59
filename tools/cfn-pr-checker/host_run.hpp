// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cfn_pr_checker.hpp"

namespace patchbot {

/// Whether neither --base nor --head is given: then the pull request is on a host. Throws
/// Error(usage) for flags that do not go together.
bool is_on_host(const CfnPrChecker& flags);

/// The whole run for a pull request on its host.
cli::Exit run_on_host(const CfnPrChecker& flags, cli::World& world);

}  // namespace patchbot
