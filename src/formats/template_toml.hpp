// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/template_node.hpp"

namespace patchbot {

/// Reads TOML 1.0 as a tree like that of a template: tables are maps, numbers and dates stay as
/// they are written. Throws Error(input) with the position where it is broken, nests deeper than
/// 100, holds more than 500,000 values or is larger than 1 MiB.
/// Rules: toml.io/en/v1.0.0.
TemplateNode read_toml(std::string_view text);

}  // namespace patchbot
