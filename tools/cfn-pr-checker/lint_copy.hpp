// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

/// The bytes of a template without what configures cfn-lint in it (`Metadata: cfn-lint:`, of the
/// template or of a resource): a pull request must not switch off its own checks, or name files to
/// read. The key is renamed to cfn_lint, so that every line and column stays. None for a text that
/// spells the key with escapes, or is not UTF-8 text: it cannot be given to the linter.
std::optional<std::string> without_lint_settings(std::string_view bytes);

}  // namespace patchbot
