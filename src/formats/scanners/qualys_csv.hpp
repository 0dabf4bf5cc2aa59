// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Qualys' CSV exports: host based reports and results of scans, lists of VMDR (one row for each QID
// or for each CVE), and the lists of PCI scans.

namespace patchbot {

extern const RecordFormat qualys_csv;

}  // namespace patchbot
