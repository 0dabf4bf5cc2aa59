// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace patchbot {

/// Whether JSON is nested deeper than any answer of a service that we ask. A parser follows nesting
/// as deep as it goes and needs 70 times the memory of the text for it.
bool is_deep_json(std::string_view text);

}  // namespace patchbot
