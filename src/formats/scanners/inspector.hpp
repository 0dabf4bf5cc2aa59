// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Amazon Inspector (inspector2 API of 2020-06-08): what ListFindings, the export to S3 and events
// say of findings.

namespace patchbot {

extern const RecordFormat inspector;        ///< an answer of ListFindings, or several, or an export
extern const RecordFormat inspector_list;   ///< the findings alone
extern const RecordFormat inspector_lines;  ///< a finding on each line
extern const RecordFormat inspector_events;
extern const RecordFormat inspector_empty;  ///< an answer without findings: little to know it by

}  // namespace patchbot
