// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Whether bytes are a pointer of Git LFS: the file itself is elsewhere, and nothing is known of
/// it. Rules: git-lfs/git-lfs, docs/spec.md, "The Pointer".
bool is_lfs_pointer(std::string_view bytes);

/// Why the bytes that an API gave as a file may be none, though it spoke of success: nothing at
/// all, or JSON that tells an error and no more. Empty for everything else.
std::string_view oddity_of(std::string_view bytes);

}  // namespace patchbot
