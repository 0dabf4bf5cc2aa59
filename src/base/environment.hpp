// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace patchbot {

/// The value of an environment variable; empty where it is not set, as every AWS client sees it.
using Environment = std::function<std::string(const std::string& name)>;

}  // namespace patchbot
