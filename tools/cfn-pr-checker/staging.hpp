// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/config.hpp"
#include "templates/staging_servers.hpp"

namespace patchbot {

/// What the inventory that ec2-targets wrote tells of staging, with the environments and services
/// that the configuration gives. Throws Error(input) for a file that is not there or is no
/// inventory.
StagingServers read_staging(const std::string& file, const Config& settings);

}  // namespace patchbot
