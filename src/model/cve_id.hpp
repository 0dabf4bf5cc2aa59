// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

/// "CVE-2021-44228" in upper case, from any case and with blanks around it; none if it is no CVE
/// id.
std::optional<std::string> parse_cve_id(std::string_view text);

}  // namespace patchbot
