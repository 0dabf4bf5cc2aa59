// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "templates/pull_request.hpp"

namespace patchbot {

/// For people: one line a change, then the rules, then whether anything else changed.
std::string to_text(const PullRequest& request);

/// For a comment on the pull request: a table of the AMIs, the rules, the other changes.
std::string to_markdown(const PullRequest& request);

/// patchbot.pr/1.
std::string to_json(const PullRequest& request);

/// SARIF 2.1.0: every rule that says something of a file.
std::string to_sarif(const PullRequest& request, std::string_view version);

/// A JUnit file: a case for each file, and one for each rule that says something of it. Throws
/// Error(usage) where it cannot be written.
void write_junit(const PullRequest& request, const std::string& path);

}  // namespace patchbot
