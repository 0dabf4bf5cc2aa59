// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"

namespace patchbot::cli {

/// The exit statuses of every tool. All lie below 126, so none collides with the shell's own.
enum class Exit : int {
  clean = 0,
  gate_failed = 1,
  usage = 2,
  input = 3,
  remote = 4,
  gate_warned = 5,
  bug = 70
};

/// When several apply: 70, 2, 3, 4, 1, 5, 0, the first wins.
Exit worst(Exit a, Exit b);

Exit exit_for(Blame blame);

/// The table that every --help ends with.
std::string exit_table();

}  // namespace patchbot::cli
