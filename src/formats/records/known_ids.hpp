// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"

// Identifiers that stand inside a text, for sources that have no field for them.

namespace patchbot {

/// Adds every CVE and GHSA id in the text, in its usual spelling.
void add_ids_in(std::vector<std::string>& ids, std::string_view text);

/// Adds every CWE in the text: "CWE-79: Cross-site scripting", "external/cwe/cwe-079".
void add_cwes_in(std::vector<std::string>& cwes, std::string_view text);

}  // namespace patchbot
