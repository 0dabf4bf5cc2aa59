// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace patchbot {

/// The base score that a CVSS 3.0 or 3.1 vector stands for (specification 3.1, section 7); none if
/// the text is not a whole vector of these versions. For sources that give vectors alone.
std::optional<double> cvss3_base_score(std::string_view text);

}  // namespace patchbot
