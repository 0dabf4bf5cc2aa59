// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/blob_id.hpp"

#include <optional>
#include <string>

#include "base/error.hpp"
#include "services/aws/digest.hpp"

namespace patchbot {

namespace {

// None where it cannot be had. Newer repositories have SHA-256.
std::optional<std::string> id_like(std::string_view id, std::string_view bytes) {
  if (!may_be_blob_id(id)) return std::nullopt;
  const std::string blob = "blob " + std::to_string(bytes.size()) + '\0' + std::string(bytes);
  try {
    if (id.size() == 40) return aws::sha1_hex(blob);
    return aws::sha256_hex(blob);
  } catch (const Error&) {
    return std::nullopt;  // a system may have been told to do without SHA-1
  }
}

}  // namespace

bool may_be_blob_id(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_blob_id(std::string_view id, std::string_view bytes) { return id_like(id, bytes) == id; }

bool is_other_blob(std::string_view id, std::string_view bytes) {
  const auto own = id_like(id, bytes);
  return own && *own != id;
}

}  // namespace patchbot
