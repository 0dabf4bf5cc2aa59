// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Throws Error(input) where a TOML text has a key of more than 50 parts (a.b.c): each is a table
/// within a table, and to free them a library needs a stack as deep as a hostile file is long; or
/// where a character that is none of ASCII stands outside of strings and comments. Other faults are
/// left to the parser.
void check_toml(std::string_view text);

}  // namespace patchbot
