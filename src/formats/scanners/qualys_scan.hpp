// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// The results of one scan by Qualys in XML (scan-1.dtd).

namespace patchbot {

extern const RecordFormat qualys_scan;

}  // namespace patchbot
