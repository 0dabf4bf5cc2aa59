// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace patchbot::aws {

/// Asks page after page: ask(token) gives the token of the next page, empty at the end. A service
/// that hands out the same token again would keep a client for ever: that is Error(remote).
void each_page(const std::string& what,
               const std::function<std::string(const std::string& token)>& ask);

}  // namespace patchbot::aws
