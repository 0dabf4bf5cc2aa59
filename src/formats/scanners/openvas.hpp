// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Reports of OpenVAS and the Greenbone appliances (gvmd's XML, GMP 7 to 22).

namespace patchbot {

extern const RecordFormat openvas;  ///< a report, or an answer of GMP that holds reports

}  // namespace patchbot
