// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Test results of XCCDF 1.1 and 1.2 (NIST IR 7275), as OpenSCAP writes them with --results, and in
// its asset reports (ARF 1.1, NIST IR 7694) with --results-arf.

namespace patchbot {

extern const RecordFormat xccdf;
extern const RecordFormat xccdf_arf;

}  // namespace patchbot
