// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/rate_limits.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_pause = std::chrono::minutes(5);
constexpr long furthest = 366L * 24 * 3600;  // seconds: whatever a host says, it is a time

}  // namespace

std::optional<milliseconds> limit_pause(const HttpResponse& response, Time now) {
  if (response.status != 429 && response.status != 403) return {};
  if (const auto wanted = parse_integer(response.header("retry-after"))) {
    return seconds(std::clamp(*wanted, 0L, furthest));
  }
  const bool used_up = response.header("x-ratelimit-remaining") == "0" ||
                       response.header("ratelimit-remaining") == "0";
  if (response.status == 403 && !used_up) return {};
  auto reset = parse_integer(response.header("x-ratelimit-reset"));
  if (!reset) reset = parse_integer(response.header("ratelimit-reset"));
  if (!reset) return seconds(60);
  // The clocks differ a little, and a second too early costs a refusal more.
  return seconds(std::clamp(*reset - now.time_since_epoch().count() + 1, 1L, furthest));
}

HttpResponse RateLimitedTransport::exchange(const HttpRequest& request) {
  constexpr int most = 4;
  for (int refusals = 0;; ++refusals) {
    HttpResponse response = inner_.exchange(request);
    const auto pause = limit_pause(response, clock_.now());
    if (!pause) return response;
    const bool in_time = clock_.elapsed() + *pause < deadline_;
    if (*pause > longest_pause || !in_time || refusals == most) {
      HttpResponse failed;
      failed.hopeless = true;
      failed.not_sent = true;
      failed.failure = "the limit of requests is used up (HTTP status " +
                       std::to_string(response.status) + "); the host wants none before " +
                       to_rfc3339(clock_.now() + std::chrono::ceil<seconds>(*pause));
      return failed;
    }
    clock_.sleep(*pause);
  }
}

}  // namespace patchbot
