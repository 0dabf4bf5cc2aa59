// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Findings of OWASP Dependency-Track, from version 3 on.

namespace patchbot {

extern const RecordFormat dependency_track;      ///< the Finding Packaging Format
extern const RecordFormat dependency_track_api;  ///< the list that /api/v1/finding/project gives

}  // namespace patchbot
