// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// The JSON of OSV-Scanner (google/osv-scanner pkg/models), versions 1 and 2; its vulnerabilities
// are in OSV's own schema (ossf.github.io/osv-schema).

namespace patchbot {

extern const RecordFormat osv_scanner;

}  // namespace patchbot
