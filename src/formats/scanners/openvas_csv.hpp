// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// The report format "CSV Results" of OpenVAS and the Greenbone appliances: columns were added over
// the years, and none renamed.

namespace patchbot {

extern const RecordFormat openvas_csv;

}  // namespace patchbot
