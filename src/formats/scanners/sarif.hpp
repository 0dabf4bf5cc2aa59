// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// SARIF 2.1.0 (OASIS, with errata 01): the exchange format of static analysis, which many scanners
// of packages, configurations and secrets write, too.

namespace patchbot {

extern const RecordFormat sarif;

}  // namespace patchbot
