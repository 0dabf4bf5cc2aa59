// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Vulnerabilities that Wazuh knows of its agents' machines.

namespace patchbot {

extern const RecordFormat wazuh;          ///< /vulnerability/AGENT of the API, up to 4.7
extern const RecordFormat wazuh_indexer;  ///< a search in wazuh-states-vulnerabilities, from 4.8

}  // namespace patchbot
