// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "formats/finding_json.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Which rule a SARIF result belongs to.
struct SarifRuleRef {
  const std::string& name;
  std::size_t index;
};

/// Appends one result object of a SARIF run.
void append_sarif_result(std::string& out,
                         const Finding& finding,
                         const SarifRuleRef& rule,
                         Evidence evidence);

/// Where a finding is, as a relative URI reference (RFC 3986): the path if it is relative, else the
/// asset's id followed by the path.
std::string sarif_uri(const Finding& finding);

}  // namespace patchbot
