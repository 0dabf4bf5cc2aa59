// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"

// For requests that carry a token: it is for one host and goes to no other.

namespace patchbot {

/// Whether two URLs have the same scheme, host and port; false where `url` hides its host behind a
/// user.
bool is_on_host(std::string_view url, std::string_view own);

/// A place on another host, for a message that ends with it; without the secrets, without its
/// query, and without what is encoded in it.
std::string elsewhere(const std::string& url, const std::vector<Secret>& secrets);

/// Asks patiently and follows redirects on the same host, a few. Throws Error(remote), which begins
/// with `who`, for one that leads elsewhere.
HttpResponse exchange_on_host(Transport& transport,
                              Clock& clock,
                              HttpRequest request,
                              const Patience& patience,
                              const std::string& who);

}  // namespace patchbot
