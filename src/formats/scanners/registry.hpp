// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "formats/records/outline.hpp"
#include "formats/records/record_report.hpp"

namespace patchbot {

/// Every format that is read record by record.
std::span<const RecordFormat* const> record_formats();

/// The first format whose marks the outline shows; null if there is none.
const RecordFormat* find_record_format(const Outline& outline);

}  // namespace patchbot
