// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/finding.hpp"

namespace patchbot {

/// The text without its tags, with a line end where HTML has one and the characters that its
/// references mean. Addresses of links become references of the finding. What merely looks like a
/// tag, such as "<script>" in what a scanner saw, stays.
std::string plain_text_of_html(const std::string& html, Finding& finding);

}  // namespace patchbot
