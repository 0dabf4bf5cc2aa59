// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/vex.hpp"

namespace patchbot {

/// A VEX document of any format that is known: OpenVEX 0.2.0, CSAF 2.0 or 2.1 of category csaf_vex,
/// CycloneDX JSON with vulnerabilities that were analysed. Throws Error(input): a document decides
/// what is waived, so it is taken whole or not at all.
VexDocument parse_vex(std::string_view text);

}  // namespace patchbot
