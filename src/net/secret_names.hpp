// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// What stands in place of a secret.
constexpr std::string_view redaction_mark = "REDACTED";

/// Whether values of that name are secrets; without case, '_' and '-'.
bool is_secret_name(std::string_view name);

}  // namespace patchbot
