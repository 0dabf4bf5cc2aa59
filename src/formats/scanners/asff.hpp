// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// The AWS Security Finding Format of Security Hub (schema 2018-10-08), whichever product wrote it.

namespace patchbot {

extern const RecordFormat asff;        ///< an answer of GetFindings, or an event
extern const RecordFormat asff_list;   ///< the findings alone
extern const RecordFormat asff_lines;  ///< one finding, or one on each line

}  // namespace patchbot
