// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// PatchBot's own findings (docs/schema/finding-1.schema.json), as --findings writes them.

namespace patchbot {

extern const RecordFormat patchbot_findings;

}  // namespace patchbot
