// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace patchbot {

/// How bad a finding is. `unknown` is a bucket of its own: it is neither low nor nothing.
enum class Severity : std::uint8_t { unknown, info, low, medium, high, critical };

constexpr std::size_t severity_count = 6;

/// From the worst to the unknown: the order of tables.
constexpr std::array<Severity, severity_count> severities_worst_first{Severity::critical,
                                                                      Severity::high,
                                                                      Severity::medium,
                                                                      Severity::low,
                                                                      Severity::info,
                                                                      Severity::unknown};

std::string_view to_text(Severity severity);

/// "critical" ... "unknown" in any case, also "none", "informational", "negligible" and "log" (=
/// info), "moderate" and "important" (= medium, high). Anything else is none.
std::optional<Severity> parse_severity(std::string_view word);

/// The bands of CVSS v3 and v4, which VPR shares: 0 info, 0.1 low, 4 medium, 7 high, 9 critical
/// (CVSS v3.1 specification, section 5).
Severity severity_of_score(double score);

/// Whether a finding is at or above a threshold. Unknown never is: callers ask for it by name.
constexpr bool is_at_least(Severity severity, Severity threshold) {
  return severity != Severity::unknown && severity >= threshold;
}

}  // namespace patchbot
