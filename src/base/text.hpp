// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot {

std::string_view trim(std::string_view text);
std::string to_lower(std::string_view text);  ///< ASCII only
bool starts_with_nocase(std::string_view text, std::string_view prefix);
bool equals_nocase(std::string_view a, std::string_view b);
std::vector<std::string_view> split(std::string_view text, char separator);

/// A plain decimal number that uses the whole text; nothing else is a number.
std::optional<double> parse_number(std::string_view text);
std::optional<long> parse_integer(std::string_view text);

/// "1 file", "2 files".
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

/// Whether a text has a `*` or `?`, so that it means what it matches and not itself.
bool is_glob(std::string_view text);

/// Shell-like match without case: `*` any run, `?` any one character. Linear in practice, never
/// exponential.
bool matches_glob(std::string_view pattern, std::string_view text);

/// The candidate that a person most likely meant, for "did you mean"; none if all are far off.
std::optional<std::string_view> closest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

}  // namespace patchbot
