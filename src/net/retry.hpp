// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace patchbot {

struct Patience {
  int attempts = 3;
  std::chrono::milliseconds deadline = std::chrono::hours(24);  ///< by Clock::elapsed
};

/// How long the other side wants us to wait (Retry-After in seconds), a minute at most; none if it
/// does not say.
std::optional<std::chrono::milliseconds> wanted_pause(const HttpResponse& response);

/// Asks, and asks again where that is safe and may help: the other side is too busy (429, 503, with
/// Retry-After heeded up to a minute), a gateway before it failed (502, 504), or the network did.
/// For requests that change nothing, or that do no harm when they arrive twice.
HttpResponse exchange_patiently(Transport& transport,
                                Clock& clock,
                                HttpRequest request,
                                const Patience& patience);

/// Why the answer is no success, in words: the failure below HTTP, or the status.
std::string trouble_of(const HttpResponse& response);

}  // namespace patchbot
