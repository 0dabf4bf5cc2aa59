// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.hpp"

namespace patchbot::cli {

/// The real time and real chance.
Clock& system_clock();

}  // namespace patchbot::cli
