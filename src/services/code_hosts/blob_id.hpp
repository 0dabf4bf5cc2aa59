// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Whether this is git's id of a file with these bytes, in a repository that hashes by SHA-1; false
/// where nobody can tell.
bool is_blob_id(std::string_view id, std::string_view bytes);

}  // namespace patchbot
