// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "services/nessus/client.hpp"

namespace patchbot::nessus {

/// Has the server write what a run found (format "nessus"), waits until it has, and streams it to
/// `file`, which appears whole or not at all: its end must be that of a report, or it is fetched
/// again. `epilog` is written behind that. `run_id` may be empty for the latest run. Returns the
/// bytes. Throws Error(remote), also where `patience` ends by the clock's elapsed time, and
/// Error(usage) where `file` cannot be written.
std::size_t export_report(Client& client,
                          const std::string& scan,
                          const std::string& run_id,
                          const std::string& file,
                          std::string_view epilog,
                          std::chrono::milliseconds patience);

}  // namespace patchbot::nessus
