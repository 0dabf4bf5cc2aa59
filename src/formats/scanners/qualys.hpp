// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Qualys' host based report in XML (asset_data_report.dtd).

namespace patchbot {

extern const RecordFormat qualys;

}  // namespace patchbot
