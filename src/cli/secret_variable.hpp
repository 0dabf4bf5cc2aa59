// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.hpp"
#include "base/secret.hpp"

namespace patchbot::cli {

/// The secret in an environment variable, or in the file that VARIABLE_FILE names, which goes
/// first; empty if there is neither. Throws Error(usage) for what could be no part of a header, and
/// for a file that cannot be read.
Secret secret_of(const Environment& environment, const std::string& variable);

}  // namespace patchbot::cli
