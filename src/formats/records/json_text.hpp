// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// Replaces the escapes of a JSON string that the scanner has accepted (RFC 8259, section 7). Half
/// of a surrogate pair becomes U+FFFD.
std::string decode_json(std::string_view raw);

}  // namespace patchbot
