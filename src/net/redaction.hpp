// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// The text with every secret replaced by REDACTED: the values of known names in JSON, XML, forms
/// and the query of a URL. What is none of these is returned as it is.
std::string redacted(std::string_view text);
std::string redacted_url(std::string_view url);

}  // namespace patchbot
