// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace patchbot {

/// The text with the content of every element replaced that has the name of a secret, however it is
/// written (nested, CDATA, prefixes). Behind a secret that does not end nothing is left.
std::string redacted_xml(std::string_view text);

}  // namespace patchbot
