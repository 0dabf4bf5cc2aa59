// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

/// The character that a reference such as "lt", "#10" or "#x1F600" (without & and ;) stands for;
/// none if XML 1.0 knows no such thing.
std::optional<char32_t> parse_reference(std::string_view body);

/// Replaces the references of text that the scanner has accepted.
std::string decode_xml(std::string_view raw);

/// The same, cleaned as clean_text does: what every field from outside goes through.
std::string clean_xml(std::string_view raw);

}  // namespace patchbot
