// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// RFC 4648, section 4, with its padding.
std::string base64(std::string_view bytes);

}  // namespace patchbot
