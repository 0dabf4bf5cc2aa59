// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Whether this is git's id of a file with these bytes, in a repository that hashes by SHA-1; false
/// where nobody can tell.
/// Whether it has the form of one: hosts and proxies have other texts in its place.
bool may_be_blob_id(std::string_view text);

/// Whether it is the id of other bytes. False where that cannot be told: the text is no id at all,
/// or the system has been told to do without the digest.
bool is_other_blob(std::string_view id, std::string_view bytes);

bool is_blob_id(std::string_view id, std::string_view bytes);

}  // namespace patchbot
