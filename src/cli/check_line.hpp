// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "cli/exit.hpp"

namespace patchbot::cli {

/// What --check says of one thing that it tried.
struct CheckLine {
  std::string text;  ///< "ok    what", or "FAIL  what: why"
  Exit exit;
};

/// Catches Error, which is the why, and nothing else.
CheckLine attempt(const std::string& what, const std::function<void()>& work);

}  // namespace patchbot::cli
