// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace patchbot {

/// How long a host that refuses for now wants us to wait: 429, or GitHub's 403 with Retry-After or
/// an exhausted limit. None if the answer is no such refusal. A refusal that does not say how long
/// gives a minute.
std::optional<std::chrono::milliseconds> limit_pause(const HttpResponse& response, Time now);

/// Waits as the limits of hosts demand, at most five minutes at a time and never beyond `deadline`
/// (by Clock::elapsed). What takes longer is a hopeless failure that says until when. A request
/// that was refused has done nothing, so that any may be sent again.
class RateLimitedTransport : public Transport {
 public:
  RateLimitedTransport(Transport& inner, Clock& clock, std::chrono::milliseconds deadline)
      : inner_(inner), clock_(clock), deadline_(deadline) {}

  HttpResponse exchange(const HttpRequest& request) override;

 private:
  Transport& inner_;
  Clock& clock_;
  std::chrono::milliseconds deadline_;
};

}  // namespace patchbot
