// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Vulnerabilities in bills of materials: CycloneDX 1.4 and later (ECMA-424), and before that the
// vulnerability extension 1.0, which there is in XML only.

namespace patchbot {

extern const RecordFormat cyclonedx;
extern const RecordFormat cyclonedx_components_first;
extern const RecordFormat cyclonedx_xml;

}  // namespace patchbot
