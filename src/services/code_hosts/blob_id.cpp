// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/blob_id.hpp"

#include <string>

#include "base/error.hpp"
#include "services/aws/digest.hpp"

namespace patchbot {

bool is_blob_id(std::string_view id, std::string_view bytes) {
  const std::string head = "blob " + std::to_string(bytes.size()) + '\0';
  try {
    return aws::sha1_hex(head + std::string(bytes)) == id;
  } catch (const Error&) {
    return false;  // a system may have been told to do without SHA-1
  }
}

}  // namespace patchbot
