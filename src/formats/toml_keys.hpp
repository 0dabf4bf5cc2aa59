// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Throws Error(input) where a key of a TOML text has more than 50 parts (a.b.c). Each part is a
/// table within a table, and a library that frees them one within the other needs a stack as deep
/// as a hostile file is long.
void check_toml_keys(std::string_view text);

}  // namespace patchbot
