// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "base/clock.hpp"

namespace patchbot {

/// Waits about as long as `poll`, not always the same so that many callers do not ask at once; less
/// where `until` (by Clock::elapsed) comes first, or, if it heeds them, a signal.
void pause_between_polls(Clock& clock,
                         std::chrono::seconds poll,
                         std::chrono::milliseconds until,
                         bool heeds_signals);

}  // namespace patchbot
