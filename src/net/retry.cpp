// SPDX-License-Identifier: Apache-2.0
#include "net/retry.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;

bool is_worth_another(const HttpResponse& response) {
  const int status = response.status;
  if (status == 0) return !response.hopeless;
  return status == 429 || (status >= 502 && status <= 504);
}

milliseconds pause_before(int attempt, const HttpResponse& response, Clock& clock) {
  if (const auto wanted = wanted_pause(response)) return *wanted;
  const long most = 1000L << std::min(attempt, 4);
  return milliseconds(static_cast<long>(static_cast<double>(most) * clock.chance()));
}

}  // namespace

std::optional<milliseconds> wanted_pause(const HttpResponse& response) {
  constexpr long longest = 60;
  const auto seconds = parse_integer(response.header("retry-after"));
  if (!seconds) return {};
  return std::chrono::seconds(std::clamp(*seconds, 0L, longest));
}

HttpResponse exchange_patiently(Transport& transport,
                                Clock& clock,
                                HttpRequest request,
                                const Patience& patience) {
  HttpResponse response;
  response.failure = "not asked: the time for the whole run is over";
  for (int attempt = 0; attempt < patience.attempts; ++attempt) {
    const milliseconds left = patience.deadline - clock.elapsed();
    if (left <= milliseconds(0)) return response;
    request.timeout = std::min(request.timeout, left);
    response = transport.exchange(request);
    if (!is_worth_another(response) || attempt + 1 == patience.attempts) return response;
    const milliseconds pause = pause_before(attempt, response, clock);
    if (clock.elapsed() + pause >= patience.deadline) return response;
    clock.sleep(pause);
  }
  return response;
}

std::string trouble_of(const HttpResponse& response) {
  if (response.status == 0) return clean_line(response.failure);
  return "HTTP status " + std::to_string(response.status);
}

}  // namespace patchbot
