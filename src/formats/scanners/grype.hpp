// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Grype's JSON (anchore/grype grype/presenter/models), from v0.7 on.

namespace patchbot {

extern const RecordFormat grype;

}  // namespace patchbot
