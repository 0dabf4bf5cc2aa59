// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot::aws {

/// SHA-256 in lower-case hexadecimal digits.
std::string sha256_hex(std::string_view text);

/// SHA-1 in lower-case hexadecimal digits: only for names of files that others have written.
std::string sha1_hex(std::string_view text);

/// HMAC-SHA-256 as 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view text);

/// Bytes as lower-case hexadecimal digits.
std::string to_hex(std::string_view bytes);

}  // namespace patchbot::aws
