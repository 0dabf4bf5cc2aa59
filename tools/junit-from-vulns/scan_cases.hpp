// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "hosts.hpp"
#include "model/inventory.hpp"
#include "model/summary.hpp"
#include "model/test_report.hpp"
#include "rules/coverage.hpp"

namespace patchbot {

/// One thing that keeps the scan from telling everything.
struct ScanProblem {
  std::string rule;  ///< as in the summary's reasons
  std::string team;  ///< whose machine it is; empty: the scan as a whole
  std::string name;  ///< of the test case
  std::string text;  ///< what is wrong and what to do
  std::string example;
};

/// How strictly the scan is looked at.
struct ScanQuestions {
  bool allow_unauthenticated = false;
  std::uint32_t max_age_days = 0;  ///< 0: any age
  Time now{};
};

/// All that makes a scan incomplete: bad inputs, machines that were not reached, not logged in to,
/// not finished, not told apart or not looked at lately, licence limits, no host at all. Each is a
/// failing result.
std::vector<ScanProblem> find_scan_problems(const Summary& summary,
                                            const HostTable& hosts,
                                            const Inventory& inventory,
                                            const Coverage& coverage,
                                            const std::vector<std::string>& licence_limits,
                                            const ScanQuestions& asked);

/// The cases of TEST-patchbot-scan.xml: one passing case per question that found no problem.
std::vector<TestCase> scan_cases(const std::vector<ScanProblem>& problems,
                                 const ScanQuestions& asked);

/// The first case of a team's file: whether the scan tells everything about the team's machines.
TestCase team_scan_case(const std::string& team,
                        const std::vector<ScanProblem>& problems,
                        std::uint64_t hosts);

/// Adds the problems to the summary's reasons, all at level fail.
void add_reasons(Summary& summary, const std::vector<ScanProblem>& problems);

}  // namespace patchbot
