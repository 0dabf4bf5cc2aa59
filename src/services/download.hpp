// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/clock.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"

namespace patchbot {

/// Whether that is a URL, and no file.
bool is_url(const std::string& text);

/// The bytes that a public address offers. Redirects are followed, a few and never from https to
/// anything else. `label` is what it is, for messages and recordings. Throws Error(remote).
std::string fetch_public_file(Transport& transport,
                              Clock& clock,
                              const std::string& url,
                              const std::string& label,
                              const Patience& patience);

}  // namespace patchbot
