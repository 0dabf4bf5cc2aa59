// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/finding_json.hpp"
#include "hosts.hpp"
#include "model/finding.hpp"
#include "model/test_report.hpp"

namespace patchbot {

/// "CVE-2024-1, CVE-2024-2 and 3 more", or empty.
std::string cve_list(const Finding& finding, std::size_t limit);

/// The JUnit case of a finding: names as contracts fix them, failed where the gate says fail or
/// warn, skipped where it is waived, passed otherwise.
TestCase to_test_case(const Finding& finding, const HostRecord& host, Evidence evidence);

/// "patchbot.<team>", what the classes of a team begin with.
std::string team_class(std::string_view team);

/// "patchbot.<team>.<part>", dots inside parts replaced.
std::string class_name(std::string_view team, std::string_view part);

/// What one case may hold, so that no report outgrows Jenkins.
constexpr std::size_t max_case_text = 8000;
constexpr std::size_t max_case_name = 240;

}  // namespace patchbot
