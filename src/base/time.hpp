// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

using Time = std::chrono::sys_seconds;
using Date = std::chrono::sys_days;

/// "2026-11-23T06:00:00Z" with any offset and optional fraction (RFC 3339); none if it is not one.
std::optional<Time> parse_rfc3339(std::string_view text);

/// "2026-11-23"; none if it is not a real day.
std::optional<Date> parse_date(std::string_view text);

/// "2024/07/01" or "2024-07-01...", as scanners write dates; none if it is neither.
std::optional<Date> parse_scanner_date(std::string_view text);

std::string to_rfc3339(Time time);  ///< always UTC with a final Z
std::string to_date_text(Date date);

}  // namespace patchbot
