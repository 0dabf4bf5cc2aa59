// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// Appends a path to a relative URI reference, percent-encoded and cut where it is long. Empty
/// steps and those that would leave the place that readers resolve it against ("..") are left out.
void append_uri_path(std::string& uri, std::string_view path);

}  // namespace patchbot
