// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string_view>

#include "base/clock.hpp"
#include "base/environment.hpp"
#include "base/log.hpp"
#include "base/time.hpp"

namespace patchbot::cli {

/// What a tool may know of the outside besides files. Tests hand in their own.
struct World {
  std::ostream& out;  ///< the product, and nothing else
  Log log;            ///< lines for people
  Clock& clock;
  Environment environment;
  Time now;                        ///< what verdicts go by: the clock's, or that of --now
  bool now_given = false;          ///< by --now
  bool colour = false;             ///< whether the log goes to a terminal that wants it
  std::string_view version = "0";  ///< PatchBot's own
};

}  // namespace patchbot::cli
