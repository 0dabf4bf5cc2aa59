// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/summary.hpp"

namespace patchbot {

/// The summary (docs/schema/summary-1.schema.json), one line.
std::string to_summary_json(const Summary& summary);

}  // namespace patchbot
