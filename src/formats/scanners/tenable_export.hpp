// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Chunks of the bulk exports of Tenable Vulnerability Management: /vulns/export and
// /compliance/export.

namespace patchbot {

extern const RecordFormat tenable_export;        ///< a chunk, or several one after the other
extern const RecordFormat tenable_export_lines;  ///< an item on each line

}  // namespace patchbot
