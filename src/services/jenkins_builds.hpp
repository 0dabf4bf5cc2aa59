// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bake.hpp"
#include "services/json_value.hpp"

// What Jenkins calls things, and what it says of builds.

namespace patchbot {

/// "/job/folder/job/name": where the job of that full name stands below Jenkins' address. Throws
/// Error(usage) for what can be no name.
std::string job_path(std::string_view name);

std::optional<long> build_number(const nlohmann::json& build);

/// `own` is the address of the build as we know it: the link, unless Jenkins names a better one on
/// that host.
Bake bake_of(const nlohmann::json& build, long number, const std::string& own);

/// The one path that is `file`, else all whose last step it is.
std::vector<std::string> artifacts_called(const nlohmann::json& build, const std::string& file);

/// Whether a path leads to no other place than it says.
bool is_plain_path(std::string_view path);

}  // namespace patchbot
