// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace patchbot {

/// The text with every secret replaced by REDACTED: the values of known names in JSON, XML and
/// forms. JSON that is broken, or too deep to follow, is dropped whole if it may hold one. What is
/// none of these is returned as it is.
std::string redacted(std::string_view text);

/// The same for the query of a URL, for what stands before its host, and for a token in its path.
std::string redacted_url(std::string_view url);

/// The text without these, wherever they stand.
std::string without(std::string text, const std::vector<Secret>& secrets);

}  // namespace patchbot
