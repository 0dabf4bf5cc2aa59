// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/finding.hpp"

// What OpenVAS (Greenbone) says alike in XML and in CSV.

namespace patchbot {

/// By its word for the severity. It had no "critical" until 2025 and calls all from 7.0 "High", so
/// there a score from 9.0 decides; where there is no word, or one of another kind, the score does.
void rate_openvas(Finding& finding, std::string_view word, std::optional<double> score);

/// "Mitigation" and its text. A vendor's fix is one, the lack of any is none, else it is not known.
void set_openvas_solution(Finding& finding, std::string_view type, const std::string& text);

/// What a check saw, with the versions that it names in lines such as "Fixed version:    117".
void set_openvas_result(Finding& finding, const std::string& text, std::string_view quality);

/// The scanner's id of the check: an OID or, where it only compares versions, the CVE itself.
void set_openvas_id(Finding& finding, std::string id);

/// How Greenbone's checks say that CISA lists what they look for as known exploited.
bool is_kev_mark(std::string_view type, std::string_view id);

}  // namespace patchbot
