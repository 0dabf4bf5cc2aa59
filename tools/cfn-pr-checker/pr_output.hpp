// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "templates/pull_request.hpp"

namespace patchbot {

/// For people: one line a change, then the rules, then whether anything else changed.
std::string to_text(const PullRequest& request);

/// patchbot.pr/1.
std::string to_json(const PullRequest& request);

}  // namespace patchbot
